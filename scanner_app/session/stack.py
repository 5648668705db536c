"""The stack of scripts of a session: one at work, and below it those that a detour has interrupted."""

from msgspec import MsgspecError, Struct
from msgspec.structs import replace

from scanner_app.domain.clock import Stamp
from scanner_app.session.lookups import LookUps
from scanner_app.session.replay import begun, replayed
from scanner_app.store.log import OpenPlay
from scanner_app.store.store import Store
from scanner_app.workflows.engine.runner import READ, READ_LENGTH_MAX, Play
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.lookups.kinds import Value
from scanner_app.workflows.lookups.look import Look
from scanner_app.workflows.phrases import session as phrases
from scanner_app.workflows.phrases.said import Said, then
from scanner_app.workflows.questions.answers import Answer


class Opened(Struct):
    """A play with its number in the log and the play it interrupts."""

    number: int
    parent: int | None
    play: Play


class First(Struct, frozen=True):
    """What a script begins with because it ended the one before: an answer, and what its label says beside it."""

    answer: Answer
    early: dict[str, Answer]
    typed: str = ""


def _outlives_restart(play: Play) -> bool:
    return play.question is None or play.question.outlives_restart


class Stack:
    """Begins, ends and restores plays, and keeps the log in step. The top of ``opened`` is at work."""

    def __init__(self, store: Store, session: str, looking: LookUps) -> None:
        self._store = store
        self._session = session
        self._looking = looking
        self.opened: list[Opened] = []

    @property
    def top(self) -> Opened:
        return self.opened[-1]

    @property
    def play(self) -> Play:
        return self.opened[-1].play

    def begin(
        self, script: str, operator: str, arguments: dict[str, str] | None = None, said: Said | None = None,
        *, parent: int | None = None, first: First | None = None, typed: tuple[tuple[str, str], ...] = (),
    ) -> None:  # fmt: skip
        """Begin a script on top of the others; its first question may be answered already."""
        given = arguments or {}
        play = Play(SCRIPTS[script], operator, given)
        play.typed_before = typed
        self.answer_looks(play)
        if first is not None:
            play.begin_with(first.answer, first.early, first.typed)
            self.answer_looks(play)
        play.said = said = then(said, play.said)
        record = OpenPlay(0, parent, script, play.script.version, operator, given, play.sent, said, play.reasons)
        number = self._store.log.begin(self._session, record)
        self.opened.append(Opened(number, parent, play))

    def say(self, said: Said | None) -> None:
        """Say one more thing at the play on top, beside the verdict on the last entry: the log keeps that, too."""
        self.play.say(said)
        self._store.log.remark(self.top.number, self.play.said)

    def end(self, how: str) -> None:
        """End the play on top."""
        self._store.log.end(self.opened.pop().number, how)

    def end_all(self, how: str) -> None:
        while self.opened:
            self.end(how)

    def at(self, stamp: Stamp) -> None:
        """Note when the entry was captured that is taken now."""
        self._looking.entry_us = stamp.wall_us

    def looked_up(self, look: Look) -> Value:
        """What a look-up would be told now; no script is told it, and no log."""
        return self._looking.value(look)

    def answer_looks(self, play: Play) -> tuple[Value, ...]:
        """Answer the look-ups that a play waits for, and return what it was told, for the log."""
        values: list[Value] = []
        while isinstance(look := play.request, Look):
            value = self._looking.value(look)
            values.append(value)
            play.tell(value)
        return tuple(values)

    def restore(self) -> bool:
        """Set up the open plays again from the log, looking nothing up; say whether all of them could be.

        A play that fits only in part begins again with that part, and so do those above it, to keep their order.
        """
        self.opened = []
        has_changed = False
        for record in self._store.log.open_plays(self._session):
            judged = self._store.log.verdicts(record.play)
            restored = replayed(record, judged)
            if restored is None:
                return False
            unused = judged.texts[restored.used :]
            has_changed = has_changed or bool(unused)
            if has_changed:
                self._take_over(record, restored.play, unused)
            else:
                self.opened.append(Opened(record.play, record.parent, restored.play))
        return True

    def last_said(self) -> Said | None:
        """What was said last, as far as the log can be read."""
        try:
            records = self._store.log.open_plays(self._session)
        except MsgspecError:
            return None
        if not records:
            return None
        judged = self._store.log.verdicts(records[-1].play)
        last = judged.verdicts[-1] if judged.verdicts else records[-1]
        return judged.remarks.get(len(judged.verdicts), last.said)

    def drop_challenges(self) -> None:
        """Step back from digits that were drawn in the life of the program before: nobody is at them any more.

        A play with nothing before them is left; one that steps back begins again, and so do those above it, to keep
        their order. What lies below stays as it is.
        """
        if all(_outlives_restart(opened.play) for opened in self.opened):
            return
        opened, self.opened = self.opened, []
        records = {record.play: record for record in self._store.log.open_plays(self._session)}
        has_changed = False
        for one in opened:
            is_kept = _outlives_restart(one.play)
            if not is_kept:
                one.play.step_back()
            if is_kept and not has_changed:
                self.opened.append(one)
            elif is_kept or _outlives_restart(one.play):
                has_changed = True
                self._take_over(records[one.number], one.play, [])
            else:
                self._store.log.end(one.number, "left")

    def _take_over(self, record: OpenPlay, play: Play, unused: list[str]) -> None:
        """Go on with what still fits of a play, as a play of its own; what does not is shown, and used for nothing.

        It is set up from the log at once: what waits for one more entry is asked for anew, and not at the next restart.
        """
        if unused:
            shown = ", ".join(text for text in unused if text)[:READ_LENGTH_MAX]
            arguments = {"count": str(len(unused)), READ: shown}
            play.say(Said(phrases.NEW_PROGRAM.key, "attention", arguments))
        self._store.log.end(record.play, "set_aside")
        again = replace(record, sent=play.sent, said=play.said, version=play.script.version, typed=play.reasons)
        number = self._store.log.begin(self._session, again)
        self.opened.append(Opened(number, record.parent, begun(again) or play))
