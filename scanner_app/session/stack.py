"""The stack of scripts of a session: one at work, and below it those that a detour has interrupted."""

from msgspec import Struct

from scanner_app.session.context import Tools
from scanner_app.store.log import OpenPlay
from scanner_app.store.store import Store
from scanner_app.workflows import look
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.look import Challenge, Digits, Held, OfItem, Rules, Value
from scanner_app.workflows.runner import ENDS, Play
from scanner_app.workflows.script import Said
from scanner_app.workflows.verdict import Outcome, Verdict


class Opened(Struct):
    """A play with its number in the log and the play it interrupts."""

    number: int
    parent: int | None
    play: Play


class Stack:
    """Begins, ends and restores plays, and keeps the log in step. The top of ``opened`` is at work."""

    def __init__(self, store: Store, session: str, tools: Tools) -> None:
        self._store = store
        self._session = session
        self._tools = tools
        self.opened: list[Opened] = []

    @property
    def top(self) -> Opened:
        return self.opened[-1]

    @property
    def play(self) -> Play:
        return self.opened[-1].play

    def begin(
        self, script: str, operator: str, arguments: dict[str, str] | None = None, said: Said | None = None,
        *, parent: int | None = None,
    ) -> None:  # fmt: skip
        """Begin a script on top of the others."""
        given = arguments or {}
        play = Play(SCRIPTS[script], operator, given)
        looks = self.answer_looks(play)
        play.said = said
        record = OpenPlay(0, parent, script, play.script.version, operator, given, looks, said)
        number = self._store.log.begin(self._session, record)
        self.opened.append(Opened(number, parent, play))

    def end(self, how: str) -> None:
        """End the play on top."""
        self._store.log.end(self.opened.pop().number, how)

    def end_all(self, how: str) -> None:
        while self.opened:
            self.end(how)

    def answer_looks(self, play: Play) -> tuple[Value, ...]:
        """Answer the look-ups that a play waits for, and return what it was told, for the log."""
        values: list[Value] = []
        while play.question is None and not isinstance(play.request, ENDS):
            value = self._look(play.request)
            values.append(value)
            play.tell(value)
        return tuple(values)

    def _look(self, wanted: object) -> Value:
        catalog = self._store.catalog
        if isinstance(wanted, Rules):
            return catalog.rules(wanted)
        if isinstance(wanted, Held):
            return catalog.held(wanted)
        if isinstance(wanted, look.AtPlace):
            return catalog.at_place(wanted)
        if isinstance(wanted, OfItem):
            return catalog.of_item(wanted)
        assert isinstance(wanted, Challenge), f"no way to look up {wanted!r}"
        return Digits(self._tools.digits(wanted.digits))

    def restore(self) -> bool:
        """Set up the open plays again from the log, looking nothing up; say whether all of them could be."""
        self.opened = []
        for record in self._store.log.open_plays(self._session):
            play = _replayed(record, self._store.log.verdicts(record.play))
            if play is None:
                return False
            self.opened.append(Opened(record.play, record.parent, play))
        return True


def _replayed(record: OpenPlay, verdicts: list[Verdict]) -> Play | None:
    """Work a script through its verdicts again; ``None`` when this program's script no longer fits them."""
    script = SCRIPTS.get(record.script)
    if script is None:
        return None
    play = Play(script, record.operator, record.arguments)
    told = list(record.looks)
    if not _tell(play, told):
        return None
    play.said = record.said
    for verdict in verdicts:
        if play.question is None or (verdict.outcome is Outcome.ANSWERED and verdict.question != play.slot):
            return None
        play.apply(verdict)
        if not _tell(play, list(verdict.looks)):
            return None
    return play if play.question is not None else None


def _tell(play: Play, values: list[Value]) -> bool:
    for value in values:
        if play.question is not None or play.end is not None:
            return False
        play.tell(value)
    return play.question is not None or play.end is not None
