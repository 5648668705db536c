"""What is moved in a history: taken and put, lost without a word, booked without a move, or by a code nobody knows."""

from scanner_app.domain.ledger import StockKey
from tests.counting.floor import DAY_US, MINUTE_US, hand, key
from tests.counting.ground import Ground
from tests.counting.shelves import CODE, PEOPLE, SAWS, SHELVES


class Moves:
    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def stock(self, what: StockKey) -> None:
        if what.serial and any(self._ground.held(one) for one in SAWS):
            return
        pieces = 1 if what.serial else self._ground.dice.randint(1, 9)
        self._ground.happen(DAY_US, what, pieces)
        self._ground.made.append(self._ground.floor.came(what, pieces, DAY_US))

    def take(self, at_us: int) -> None:
        """Some goods go into a hand, and on: by one fact, or by one each."""
        dice, source = self._ground.dice, self._ground.present(self._ground.dice)
        if source is None:
            return
        by, pieces = dice.choice(PEOPLE), dice.randint(1, self._ground.held(source))
        held = hand(by.operator, source)
        self._ground.happen(at_us, source, -pieces)
        self._ground.happen(at_us, held, pieces)
        taken = (self._ground.shown(by, at_us), source, held, pieces)
        is_one = dice.random() < 0.6
        if not is_one:
            self._ground.made.append(self._ground.floor.moved([taken], by, self._ground.off(by)))
        place = dice.choice([one for one in "AB" if one != source.place])
        target = StockKey(place, source.item, source.lot, source.serial, source.owner, source.status)

        def put(at_us: int) -> None:
            self._ground.happen(at_us, held, -pieces)
            self._ground.happen(at_us, target, pieces)
            if dice.random() < 0.9:
                legs = [(self._ground.shown(by, at_us), held, target, pieces)]
                self._ground.made.append(
                    self._ground.floor.moved([taken, *legs] if is_one else legs, by, self._ground.off(by))
                )

        self._ground.later(put, at_us, 8 * MINUTE_US)

    def lose(self, at_us: int) -> None:
        """Something is gone, and nobody says so."""
        if what := self._ground.present(self._ground.dice):
            self._ground.happen(at_us, what, -self._ground.dice.randint(1, self._ground.held(what)))

    def mis_scan(self, at_us: int) -> None:
        """Somebody books a move that nobody made."""
        dice = self._ground.dice
        by, what = dice.choice(PEOPLE), dice.choice(SHELVES)
        legs = [(self._ground.shown(by, at_us), what, hand(by.operator, what), 1)]
        self._ground.made.append(self._ground.floor.moved(legs, by, self._ground.off(by)))

    def stranger(self, at_us: int) -> None:
        """Bolts go into a hand by a code that nobody knows."""
        what, by = key("A", "BOLT"), self._ground.dice.choice(PEOPLE)
        if self._ground.held(what) > 0:
            self._ground.happen(at_us, what, -1)
            self._ground.happen(at_us, hand(by.operator, what), 1)
            source = key("A", CODE)
            legs = [(self._ground.shown(by, at_us), source, hand(by.operator, source), 1)]
            self._ground.made.append(self._ground.floor.moved(legs, by, self._ground.off(by)))
