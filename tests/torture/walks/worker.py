"""The fake worker: what is sent at a question, sensible and otherwise, as bytes of a terminal or of a scanner."""

from random import Random
from typing import NamedTuple

from scanner_app.workflows.engine.commands import Command, barcodes, forms
from scanner_app.workflows.engine.runner import Play
from scanner_app.workflows.questions.option import keyed
from scanner_app.workflows.questions.question import Question
from tests.torture.tools.hostile import scan
from tests.torture.walks import place
from tests.warehouse import PIN

KEYS = {
    "F1": b"\x1bOP", "F2": b"\x1bOQ", "F3": b"\x1bOR", "F4": b"\x1bOS", "F5": b"\x1b[15~", "F6": b"\x1b[17~",
    "F7": b"\x1b[18~", "F8": b"\x1b[19~", "F9": b"\x1b[20~", "F10": b"\x1b[21~", "F11": b"\x1b[23~",
    "F12": b"\x1b[24~", "PageUp": b"\x1b[5~", "PageDown": b"\x1b[6~",
}  # fmt: skip
_PLACES = place.PLACES + place.PLATES
_ANSWERS: dict[str, list[str]] = {
    "ask.source": [*place.PLACES, *place.PLATES, *place.GOODS],
    "ask.source_of_goods": _PLACES,
    "ask.goods": place.GOODS,
    "ask.goods_or_target": [*place.GOODS, *place.PLACES],
    "ask.quantity": [*place.NUMBERS, "1", "1", "1", "2"],
    "ask.quantity_or_all": [*place.NUMBERS, *place.PLACES, "1", "1"],
    "ask.counted": ["2", *place.GOODS, *place.PLACES],
    "ask.count_place": _PLACES,
    "ask.count_what": [*_PLACES, *place.GOODS],
    "ask.count_go": [*_PLACES, *place.GOODS, ".x", ".c"],
    "ask.count_perhaps": [*_PLACES, *place.GOODS, ".x", ".c"],
    "ask.count_item_where": _PLACES,
    "ask.count_item_done": _PLACES,
    "ask.count_item_first": [*place.GOODS, *_PLACES, ".e", ".t"],
    "ask.count_item_more": [*place.GOODS, *_PLACES, ".t", ".u"],
    "ask.count_next": [*place.GOODS, *_PLACES, "UNKNOWN-7"],
    "ask.count_many": [*place.NUMBERS, *place.GOODS, *place.PLACES, "1", "2"],
    "ask.count_unknown": [*place.NUMBERS, "UNKNOWN-7", *place.GOODS],
    "ask.count_lot": place.LOTS,
    "ask.count_serial": [*place.SERIALS, *place.PLACES],
    "ask.target": _PLACES,
    "ask.stands": _PLACES,
    "ask.piece": [*place.SERIALS, *place.PLACES],
    "ask.all_to": place.PLACES,
    "ask.nothing_loose": place.GOODS,
    "ask.lot": place.LOTS,
    "ask.serial": place.SERIALS,
    "ask.build": place.PLATES,
    "ask.unload": place.PLATES,
    "ask.nest": place.PLATES,
    "ask.onto": place.PLATES,
    "ask.plate_empty": place.PLATES,
    "ask.unload_target": [*place.PLACES, *place.PLACES, *place.GOODS],
    "ask.hand_empty": [place.TOTE, place.PALLET, ".m"],
    "ask.pick": ["1", "2", *place.GOODS, place.TOTE],
    "ask.check_digits": ["47", "47", "58"],
    "ask.choose": ["1", "1", "2", "2", "3", "3", "41", "42", "43", "4", "5", "6", "6", "7", "8", "8"],
}
"""What somebody may well answer, by the key of the question."""
_BESIDE = {
    "ask.badge", "ask.typed", "ask.which", "ask.stock", "ask.check_digits", "ask.is_empty", "ask.unfinished",
    "ask.sure", "ask.on_hold", "ask.expiry",
}  # fmt: skip
"""Questions that a job does not foresee."""
_CODES = [*_PLACES, *place.GOODS, *place.LOTS, *place.SERIALS]
_LEAVING = (Command.SIGN_OUT, Command.LEAVE)


class Sent(NamedTuple):
    """Bytes that come in at once, typed or from the scanner beside; ``kind`` is for whoever reads the trail."""

    kind: str
    data: bytes
    is_scanner: bool = False


class Worker:
    """Draws what is sent next; knows the last line, to send it again."""

    def __init__(self, chance: Random, badge: str) -> None:
        self._chance = chance
        self._badge = badge
        self._last = badge
        self._job: list[str] = []
        self._is_diligent = True

    def next(self, play: Play) -> Sent:
        """What is sent at the question on screen."""
        if play.halted:
            self._job = []
        if play.halted and self._chance.random() < 0.6:
            return Sent("go on", self._chance.choice([KEYS["F8"], b".k\r", b"CMD:ACKNOWLEDGE\r"]))
        kinds = {
            self._work: 900 if self._is_diligent else 40, self._answer: 55, self._wrong: 8, self._double: 6,
            self._command: 10, self._half: 4, self._burst: 5, self._noise: 3, self._overlong: 1, self._page: 3,
            self._edited: 2,
        }  # fmt: skip
        self._is_diligent ^= self._chance.random() < 0.08
        chosen = self._chance.choices(list(kinds), list(kinds.values()))[0]
        return chosen(play)

    def _line(self, kind: str, text: str) -> Sent:
        self._last = text
        end = self._chance.choice([b"\r", b"\r", b"\n", b"\r\n", b"\t"])
        return Sent(kind, text.encode() + end, is_scanner=self._chance.random() < 0.3)

    def sensible(self, play: Play) -> str:
        """An answer to the question, more or less."""
        question = play.question
        assert question is not None
        if play.unconfirmed is not None and self._chance.random() < 0.7:
            return self._last
        return self._of_people(question) or self._of_goods(question)

    def _of_people(self, question: Question) -> str:
        """A badge, a PIN, the digits that were drawn, mostly the right ones; nothing where none is asked for."""
        chance = self._chance
        if question.phrase.key == "ask.badge":
            return self._badge if chance.random() < 0.95 else chance.choice(list(place.BADGES.values()))
        if question.is_secret:
            return PIN if chance.random() < 0.9 else "135799"
        digits = question.arguments.get("digits", "")
        return digits if chance.random() < 0.5 or not digits else ".b"

    def _of_goods(self, question: Question) -> str:
        chance, key = self._chance, question.phrase.key
        numbers = [key for key, _option in keyed(question.options)]
        if key in _ANSWERS and chance.random() < (0.6 if numbers and key != "ask.choose" else 0.9):
            return chance.choice(_ANSWERS[key])
        if numbers and chance.random() < 0.9:
            return chance.choice([*numbers[:3], *numbers])
        return question.arguments.get("place") or chance.choice([self._last, *_CODES])

    def _answer(self, play: Play) -> Sent:
        takes_labels = play.question is not None and play.question.takes_labels
        if takes_labels and self._chance.random() < 0.2:
            return self._line("label", place.label(self._chance))
        return self._line("answer", self.sensible(play))

    def _work(self, play: Play) -> Sent:
        """The next line of a job that goes well, as long as nothing comes between."""
        question = play.question
        if play.unconfirmed is not None or question is None or question.is_secret or question.phrase.key in _BESIDE:
            return self._line("answer", self.sensible(play))
        if not self._job or question.phrase.key == "ask.choose":
            self._job = [*([] if question.phrase.key == "ask.choose" else [".m"]), *place.job(self._chance)]
        return self._line("job", self._job.pop(0))

    def _wrong(self, play: Play) -> Sent:
        del play
        chance = self._chance
        codes = [chance.choice(_CODES), place.label(chance), place.sscc(chance), "nonsense", "B-1001", "B-9999", "99"]
        return self._line("wrong", chance.choice([*codes, "@hand:1001", "4006381333932", "{place}", "%s", PIN, "pen"]))

    def _double(self, play: Play) -> Sent:
        """One trigger, two reads."""
        line = self._last if self._chance.random() < 0.5 else self.sensible(play)
        return Sent("double", (line.encode() + b"\r") * 2, is_scanner=self._chance.random() < 0.5)

    def command(self) -> bytes:
        """A command by its key, in its typed form or as a printed code."""
        chance = self._chance
        command = chance.choice(list(Command))
        if command in _LEAVING and chance.random() < 0.7:
            command = Command.BACK
        key, _, typed = forms(command).partition(" ")
        code = barcodes()[command.value]
        return chance.choice([KEYS[key], typed.encode() + b"\r", code.encode() + b"\r", code.lower().encode() + b"\r"])

    def _command(self, play: Play) -> Sent:
        del play
        return Sent("command", self.command())

    def _page(self, play: Play) -> Sent:
        del play
        return Sent("page", self._chance.choice([KEYS["F7"], KEYS["PageDown"], b".n\r", b".l\r", KEYS["PageUp"]]))

    def _half(self, play: Play) -> Sent:
        """Half a line, then a key or a code; or nothing more for now."""
        half = self._chance.choice(["1", "12", "A-01", "B-10", PIN[:3], self.sensible(play)]).encode()
        rest = self._chance.choice([self.command(), b"CMD:BACK\r", b"", b"", KEYS["F3"], b"\x1b[A", b"\x1b[3~"])
        return Sent("half", half + rest)

    def _edited(self, play: Play) -> Sent:
        text = self.sensible(play).encode()
        return Sent(
            "edited", self._chance.choice([b"x\x7f" + text, b"garbage\x15" + text, text + b"\xc3\xa9\x08"]) + b"\r"
        )

    def _burst(self, play: Play) -> Sent:
        """Several lines at once: a whole job, or anything."""
        chance = self._chance
        job = [chance.choice(place.PLACES), chance.choice(place.GOODS), "1", chance.choice(place.PLACES)]
        lines = chance.choice([job, job[1:], chance.sample(_CODES, 3), [self.sensible(play), *job[2:]], ["1", *job]])
        parts = [line.encode() + b"\r" for line in lines]
        if chance.random() < 0.3:
            parts.insert(chance.randrange(len(parts)), self.command())
        return Sent("burst", b"".join(parts), is_scanner=chance.random() < 0.3)

    def _noise(self, play: Play) -> Sent:
        del play
        chance = self._chance
        data = chance.choice([scan(chance), chance.randbytes(chance.randint(1, 12)), b"\x1b[I", b"\x11\x10", b"\x03"])
        return Sent("noise", data + chance.choice([b"\r", b"\r", b""]), is_scanner=chance.random() < 0.3)

    def _overlong(self, play: Play) -> Sent:
        del play
        length = self._chance.choice([99, 400, 401, 3_000])
        return Sent("overlong", b"A" * length + b"\r", is_scanner=self._chance.random() < 0.3)
