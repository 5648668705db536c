"""Taking effect: what a stored entry does to its session, as a verdict that is kept, and what comes after a script."""

from msgspec.structs import replace

from scanner_app.domain.capture.answered import Answered
from scanner_app.domain.capture.entry import NEWS, TERMINALS, Entry, Fault, Source
from scanner_app.session import posting
from scanner_app.session.centre.asking import Asking
from scanner_app.session.commands import carried, command_verdict, obey
from scanner_app.session.counting.seen import seen
from scanner_app.session.entries.answering import answered
from scanner_app.session.entries.pairs import Pair, Pairs
from scanner_app.session.guard import is_for_hands
from scanner_app.session.interpretation import verdict_on
from scanner_app.session.lock import signed_in
from scanner_app.session.session import Session
from scanner_app.session.stack import First
from scanner_app.session.unfinished import take_up
from scanner_app.store.log import Logged
from scanner_app.workflows.engine.commands import Command, command_of
from scanner_app.workflows.engine.interpret import Moment, interpret_news
from scanner_app.workflows.engine.runner import Play
from scanner_app.workflows.engine.script import End, Post, SignedIn, SignedOut, Start, TakenUp
from scanner_app.workflows.engine.typed_codes import typed_of
from scanner_app.workflows.engine.verdict import Result, Verdict
from scanner_app.workflows.phrases import session as phrases
from scanner_app.workflows.phrases.said import Said, then
from scanner_app.workflows.questions.answers import LABELS
from scanner_app.workflows.questions.judgement import doubt

NEVER_SHOWN = 2**63 - 1


class Effects:
    """Belongs to the desk of a session. ``private`` are entries, by identity, that are not kept as captured.

    ``outcomes`` is what became of the entries since the desk forgot it, in order.
    """

    def __init__(self, session: Session, asking: Asking) -> None:
        self.session = session
        self.store = session.store
        self.asking = asking
        self.shown_us = NEVER_SHOWN
        self.private: set[int] = set()
        self._just_read = b""
        self._pairs = Pairs(dict(session.settings.same_as))
        self._result: Result | None = None
        self.outcomes: list[Answered] = []

    def interpret(self, logged: Logged) -> None:
        """Take one entry, and note what became of it; what a paired reader read of the same code has no effect."""
        if (first := self._first_of(logged.entry)) is not None:
            self.judge(logged, Verdict(self.session.play.slot, Result.IGNORED, said=self.session.play.standing))
            self.outcomes.append(first.outcome)
            return
        said, self._result = self.session.play.said, None
        self._interpret(logged)
        now = self.session.play.said
        outcome = answered(self._result, now if now is not said else None)
        self.outcomes.append(outcome)
        self._pairs.heard(logged.entry, outcome)

    def _first_of(self, entry: Entry) -> Pair | None:
        """The scan of a paired reader that an entry is, too, unless the same again means one more here."""
        question, settings = self.session.play.question, self.session.settings
        adds = question is not None and (question.adds or question.is_tally)
        return None if adds or settings.again_one_more else self._pairs.first_of(entry)

    def _interpret(self, logged: Logged) -> None:
        session, entry = self.session, logged.entry
        session.stack.at(entry.stamp)
        asked = self._asked()
        if session.finished:
            self.judge(logged, Verdict(session.play.slot, Result.SET_ASIDE, said=session.play.standing))
        elif entry.source is Source.CENTRE:
            self._take_effect(self._of_the_centre(entry), logged)
        elif entry.source is Source.TCP and self._is_for_hands():
            self.judge(logged, Verdict(session.play.slot, Result.IGNORED, said=doubt(phrases.NOT_BY_NETWORK)))
            self._result = Result.REFUSED  # for whoever sent it; nobody here has to acknowledge what they did not do
        elif (command := command_of(entry)) is not None:
            self._obey(command, logged)
        elif entry.raw or entry.fault:
            self._read(logged)
        else:  # a key that says nothing, an empty line
            self.judge(logged, Verdict(session.play.slot, Result.IGNORED, said=session.play.standing))
        if (now := session.play).entries >= session.settings.entries_per_script_max and not now.halted:
            session.begin_again()
        self.asking.settle()
        if entry.source not in TERMINALS and self._asked() != asked:
            session.turn += 1

    def _of_the_centre(self, entry: Entry) -> Verdict:
        """A reply, or only that something is known now that was not when the question was asked."""
        return (
            interpret_news(self.session.play, entry.stamp.wall_us)
            if entry.raw == NEWS
            else self.asking.verdict_on(entry)
        )

    def _is_for_hands(self) -> bool:
        return is_for_hands((opened.play.script for opened in self.session.stack.opened), self.session.play.question)

    def _asked(self) -> tuple[int, int, bool, bool]:
        """What tells a question from the one before it."""
        top = self.session.stack.top
        return top.number, len(top.play.sent), top.play.typed is None, top.play.halted

    def _obey(self, command: Command, logged: Logged) -> None:
        session = self.session
        self._just_read = b""
        if command is Command.USE and not session.play.halted and (code := carried(session.stack)):
            session.stack.end("used")
            self._answer(logged, replace(logged.entry, raw=code.encode(), key="", fault=Fault.NONE))
            return
        verdict = command_verdict(command, session.play, session.language, logged.entry.stamp.wall_us)
        self._take_effect(verdict, logged)
        if verdict.result is Result.COMMANDED:
            obey(command, session)

    def _read(self, logged: Logged) -> None:
        """A line: it answers the question, unless a mistake has not been acknowledged yet."""
        play = self.session.play
        if play.halted:
            self.judge(logged, Verdict(play.slot, Result.SET_ASIDE, said=play.standing))
        else:
            self._answer(logged, logged.entry)

    def _answer(self, logged: Logged, entry: Entry) -> None:
        """Let an entry answer the live question: with its own line, or with what a detour carries back."""
        verdict = self.asking.taken(verdict_on(entry, self._moment(logged.entry), self.session), entry)
        if verdict.result is not Result.IGNORED:
            self._just_read = entry.raw if _is_of_a_label(verdict) else b""
        self._take_effect(verdict, logged)

    def _take_effect(self, verdict: Verdict, logged: Logged) -> None:
        self.judge(logged, verdict)
        if (end := self.session.play.end) is not None:
            self._finish(end, logged)

    def _moment(self, entry: Entry) -> Moment:
        is_private = self.session.is_guarded or id(entry) in self.private
        after_us = min(NEVER_SHOWN, self.shown_us + self.session.settings.confirm_delay_us)
        return Moment(entry.stamp, after_us, is_private, is_again=bool(entry.raw) and entry.raw == self._just_read)

    def judge(self, logged: Logged, verdict: Verdict) -> None:
        """Let a verdict take effect and keep it, with the values that the script was told after it."""
        self._result = self._result or verdict.result
        stack = self.session.stack
        top = stack.top
        top.play.apply(verdict)
        seen(self.store, top.play, logged.entry)
        looks = stack.answer_looks(top.play)
        self.store.log.judge(logged.number, top.number, replace(verdict, looks=looks) if looks else verdict)
        if verdict.result is not Result.IGNORED:
            self.shown_us = NEVER_SHOWN

    def _finish(self, end: End, logged: Logged, before: Said | None = None) -> None:
        """Do what a script ended with. A post is a barrier: what follows is another instance."""
        session, top = self.session, self.session.stack.top
        if isinstance(end, Post):
            posting.post(self.store, session.tools, end, top.play, logged, today=session.clock.today)
            session.stack.end("posted")
            first, said = _first(end, top.play), then(before, end.said)
            session.start(top.play.script.name, end.again, said, parent=top.parent, first=first)
            self._go_on(logged)
        elif isinstance(end, Start):
            session.stack.end("done")
            typed = typed_of(top.play.typed_before, top.play.given, end.arguments)
            session.start(end.script, end.arguments, then(before, end.said), parent=top.parent, typed=typed)
            self._go_on(logged)
        elif isinstance(end, SignedIn):
            signed_in(session, end, logged.entry.stamp.wall_us)
        elif isinstance(end, SignedOut):
            obey(Command.SIGN_OUT, session)
        elif isinstance(end, TakenUp):
            take_up(session, logged.entry.stamp, self._enter, goes_on=end.goes_on)
        else:
            self._leave()

    def _go_on(self, logged: Logged) -> None:
        """What begins may have nothing to ask: then it is at its end at once, by the same entry."""
        if (end := self.session.play.end) is not None:
            self._finish(end, self.store.log.unheard(logged), self.session.play.said)

    def _leave(self) -> None:
        """End here; who comes back finds what was interrupted, or the beginning where leaving was chosen on a list."""
        session = self.session
        session.stack.end("left")
        if not session.stack.opened:
            session.home()
        session.finished = True

    def _enter(self, entry: Entry) -> Verdict:
        """Store an entry and let it answer the live question."""
        (logged,) = self.store.log.add(self.session.name, [entry])
        moment = replace(self._moment(entry), is_entered_again=True)
        verdict = verdict_on(entry, moment, self.session)
        self.judge(logged, verdict)
        return verdict


def _first(end: Post, play: Play) -> First | None:
    """The answer that ended a play, where it begins the next, too: with all that came with it."""
    return First(end.first, play.early, play.given[-1].typed) if end.first is not None else None


def _is_of_a_label(verdict: Verdict) -> bool:
    """Say whether a question was answered with what labels hold, and not with a number or a choice."""
    return verdict.result in (Result.ANSWERED, Result.TYPED) and isinstance(verdict.answer, LABELS)
