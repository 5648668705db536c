"""One walk over the screens: a worker at a station, step by step, and every law looked at behind each step."""

from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

from msgspec.structs import replace

from scanner_app.languages.language import LANGUAGES
from scanner_app.session.context import Settings
from scanner_app.session.view.play import view_of
from scanner_app.session.view.view import View
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.questions.desk_phrases import ASK_AGAIN, ON_ITS_WAY
from scanner_app.workflows.questions.limits import Limits, TypedCodes
from tests.torture.walks import sight
from tests.torture.walks.place import BADGES
from tests.torture.walks.station import KilledError, Station
from tests.torture.walks.truth import Truth
from tests.torture.walks.worker import Sent, Worker

GUN = (20, 16)
LOCK_US = 900_000_000


class Walk:
    """``go`` so many steps; the same seed goes the same way. ``trail`` is what was done, for who reads of a fault."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._chance = Random(seed)
        self.language = LANGUAGES[seed % len(LANGUAGES)]
        self.trail: list[str] = []
        self.kinds: Counter[str] = Counter()
        self.station = Station(folder, self._chance, self._settings())
        self._worker = Worker(self._chance, BADGES[self.language])
        self._truth = Truth(self.station)
        self._size = GUN

    def _settings(self) -> Settings:
        """What sites ask of their workers differs."""
        chance = self._chance
        policies = Policies(
            check_digits=chance.choice(["off", "off", "typed", "always"]),
            zero_check=chance.random() < 0.7,
            piece_by_piece=chance.random() < 0.3,
        )
        typed = chance.choice([TypedCodes.ALLOWED, TypedCodes.ALLOWED, *TypedCodes])
        return Settings(
            limits=Limits(typed_codes=typed),
            policies=policies,
            language=self.language,
            scans_have_aim=typed is not TypedCodes.ALLOWED,
            entries_per_script_max=chance.choice([500, 500, 12]),
        )

    @property
    def claims(self) -> int:
        """How many sentences said that something was booked, and it was."""
        return self._truth.claims

    def go(self, steps: int) -> None:
        self._look()
        for _ in range(steps):
            self._step()

    def _step(self) -> None:
        dice = self._chance.random()
        if dice < 0.03:
            self._is_killed()
        elif dice < 0.035:
            self._pause()
        elif dice < 0.08:
            self._resize()
        elif self.station.view.finished:
            self._restart()
        else:
            self._send(self._worker.next(self.station.session.play))
        self._look()

    def _note(self, what: str) -> None:
        self.kinds[what.partition(" ")[0]] += 1
        self.trail.append(what)

    def _send(self, sent: Sent) -> None:
        self._note(f"{sent.kind} {'scanner' if sent.is_scanner else 'keyboard'} {sent.data!r}")
        self.station.clock.now_us += self._chance.choice([20_000, 150_000, 400_000, 2_000_000, 2_000_000])
        self.station.send(sent.data, is_scanner=sent.is_scanner)
        self._truth.check()

    def _pause(self) -> None:
        """Nobody comes for long: the device locks."""
        self._note("pause")
        self.station.clock.now_us += LOCK_US + 1_000_000
        self.station.look_up_the_time()
        self._truth.check()

    def _resize(self) -> None:
        chance = self._chance
        self._size = chance.choice([GUN, GUN, *sight.sizes_in_full(), (chance.randint(20, 132), chance.randint(8, 43))])
        self._note(f"resize {self._size}")

    def _restart(self) -> None:
        self._note("restart")
        self.station.come_back()
        self._truth.check(was_killed=True)

    def _is_killed(self) -> None:
        """At rest, while entries are taken, or when they are committed and nobody has seen it."""
        moment = self._chance.choice(["at rest", "within", "unseen"])
        self._note(f"killed {moment}")
        if moment == "at rest" and self._chance.random() < 0.5:
            self._send(Sent("page", self._chance.choice([b".n\r", b".l\r", b".h\r"])))
        elif moment == "within":
            self.station.die_soon(self._chance.choice([0, 0, 1, 2]))
        elif moment == "unseen":
            self.station.die_unseen()
        if moment != "at rest":
            self._dies_of(self._worker.next(self.station.session.play))
        before = self._due()
        is_due = moment != "within" and self.station.outlives
        self.station.come_back()
        if is_due:
            _is_as_before(before, self._seen())
        self._truth.check(was_killed=True)

    def _dies_of(self, sent: Sent) -> None:
        self._note(f"{sent.kind} {'scanner' if sent.is_scanner else 'keyboard'} {sent.data!r}")
        self.station.clock.now_us += 2_000_000
        with suppress(KilledError):
            self.station.send(sent.data, is_scanner=sent.is_scanner)

    def _seen(self) -> View:
        """The picture of the play at work, without what belongs to the device."""
        return view_of(self.station.session.play, self.station.session.language)

    def _due(self) -> View:
        """What is seen again after a restart; of an order nobody knows then whether it arrived."""
        seen, play = self._seen(), self.station.session.play
        is_order = play.said is not None and play.said.key == ON_ITS_WAY.key and play.asked.is_secret
        return replace(seen, message=self.station.session.language.words(ASK_AGAIN)) if is_order else seen

    def _look(self) -> None:
        """The view at its size; now and then all its pages, at one of the sizes for which they are made."""
        view, session = self.station.view, self.station.session
        sight.is_shown(view, session.language, self.station.keyboard.typed, self._size)
        if self._size in sight.sizes_in_full() and self._chance.random() < 0.3:
            sight.is_whole(replace(view, page=0, is_whole=False), self._size)


def _is_as_before(before: View, after: View) -> None:
    """The same question with all that is known, and the same words."""
    changed = [name for name in View.__struct_fields__ if getattr(after, name) != getattr(before, name)]
    assert changed == [], [(name, getattr(before, name), getattr(after, name)) for name in changed]
