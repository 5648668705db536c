"""The runner: one script being worked through, fed with verdicts and values, reading nothing itself.

Live and replay are the same calls in the same order: ``apply`` a verdict, then ``tell`` the values that the script asks
for. Live, the values come from the store and are kept in the verdict; in a replay they come from the verdict.
"""

from collections.abc import Callable

from scanner_app.workflows.engine.given import Given
from scanner_app.workflows.engine.script import ENDS, End, Script
from scanner_app.workflows.engine.typed_codes import BY_HAND, REASON, Reasons
from scanner_app.workflows.engine.undecided import which_of
from scanner_app.workflows.engine.verdict import Result, Verdict
from scanner_app.workflows.lookups.kinds import Value
from scanner_app.workflows.lookups.look import Look
from scanner_app.workflows.phrases.said import Said, done, then
from scanner_app.workflows.questions.answers import Answer, Choice, Goods, timeless
from scanner_app.workflows.questions.judgement import MISTAKE, Again
from scanner_app.workflows.questions.question import Question

READ = "read"
"""The argument of a sentence on a refusal that holds what was read, unless it may be a secret."""
READ_LENGTH_MAX = 60
GO_ON = frozenset({Result.ANSWERED, Result.UNCONFIRMED, Result.TYPED, Result.UNDONE})
"""What ends the asking for which of several things was meant; and in the log of an older program also a mistake."""


class Play:
    """A script at work. ``request`` is what it waits for: a question, a look-up, or its end."""

    def __init__(self, script: Script, operator: str, arguments: dict[str, str]) -> None:
        self.script = script
        self.operator = operator
        self.arguments = arguments
        self.typed_before: tuple[tuple[str, str], ...] = ()
        self.given: list[Given] = []
        self.early: dict[str, Answer] = {}
        self.unconfirmed: Answer | None = None
        self.doubts: tuple[str, ...] = ()
        self.typed: Verdict | None = None
        self.undecided: Verdict | None = None
        self.halted = False
        self.mistake: Said | None = None
        self.said = None
        self.aside = 0
        self.page = 0
        self.is_helped = self.is_whole = False
        self.entries = 0
        self._sent: list[Answer | Value] = []
        self._begin()

    def _begin(self) -> None:
        self._steps = self.script.steps(self.operator, **self.arguments)
        self.request: Question | Look | End = next(self._steps)

    @property
    def question(self) -> Question | None:
        """What is asked now: what the script wants to know, which of several things was meant, or why it was typed."""
        if self.typed is not None:
            return REASON
        question = self.request if isinstance(self.request, Question) else None
        return which_of(question, self.undecided) if question and self.undecided else question

    @property
    def asked(self) -> Question:
        """What an entry answers: what the script wants to know also where it is asked which thing was meant."""
        question = self.request if self.undecided is not None else self.question
        assert isinstance(question, Question), "entries are interpreted at a question"
        return question

    @property
    def said(self) -> Said | None:
        """The sentence on screen. A mistake halts: nothing is taken until it is acknowledged, whatever is asked."""
        return self._said

    @said.setter
    def said(self, said: Said | None) -> None:
        self._said = said
        if said is not None and said.tone == MISTAKE:
            self.halted, self.mistake = True, said

    @property
    def standing(self) -> Said | None:
        """What stays on screen when an entry changes nothing: a mistake, until it is acknowledged."""
        return self.mistake if self.halted else self._said

    @property
    def end(self) -> End | None:
        return self.request if isinstance(self.request, ENDS) else None

    @property
    def slot(self) -> str:
        return self.question.slot if self.question is not None else ""

    @property
    def can_undo(self) -> bool:
        return bool(self.unconfirmed or self.typed or self.undecided or self._is_answered)

    @property
    def _is_answered(self) -> bool:
        return not all(given.was_told for given in self.given)

    @property
    def has_work(self) -> bool:
        """Whether anything was answered that tells of goods or places: what is only chosen or looked at is no work."""
        return any(given.question.tells_of_goods(given.answer) for given in self.given)

    def tell(self, value: Value) -> None:
        """Give the script the value of the look-up it waits for."""
        self._send(value)
        self._answer_early()

    @property
    def sent(self) -> tuple[Answer | Value, ...]:
        """Everything the script was sent so far, in order."""
        return tuple(self._sent)

    def resend(self, value: Answer | Value, typed: str = "") -> None:
        """Send what it was sent in an earlier life: an answer at a question, a value at a look-up."""
        if (question := self.question) is not None:
            self._give(question, value, was_early=False, typed=typed)  # type: ignore[arg-type]
        else:
            self._send(value)

    def begin_with(self, answer: Answer, early: dict[str, Answer], typed: str = "") -> None:
        """Give the first question what ended the play before, with what its label says for later ones."""
        question = self.question
        assert question is not None, "what begins with an answer begins with a question"
        self.early = {slot: one for slot, one in early.items() if slot in self.script.slots}
        self._give(question, answer, was_early=False, typed=typed)
        self._answer_early()

    def say(self, said: Said | None) -> None:
        """Say one more thing about an entry, behind what was said of it already."""
        self.said = then(self.said, said)

    def apply(self, verdict: Verdict) -> None:
        """Let a verdict take effect. Look-ups that follow are the caller's to answer.

        What an entry did is said until another does something; one that does nothing leaves it in sight.
        """
        self.entries += verdict.result is not Result.SET_ASIDE
        self.halted = self.halted and verdict.result not in GO_ON
        keeps = verdict.result is Result.IGNORED and verdict.said != self.said
        said = then(done(self.said), verdict.said) if keeps else verdict.said
        self.said = self.mistake if self.halted and verdict.said is None else said
        is_turned = verdict.result in (Result.PAGED, Result.WIDENED)
        self.is_helped = self.is_helped and is_turned
        self.is_whole = self.is_whole and is_turned
        closes, self.undecided = self.undecided, None if verdict.result in GO_ON else self.undecided
        if closes is not None and verdict.result is Result.UNDONE:
            return
        effect = _effects.get(verdict.result)
        if effect is not None:
            effect(self, verdict)

    def _send(self, value: Answer | Value) -> None:
        self._sent.append(value)
        self.request = self._steps.send(value)

    def _give(self, question: Question, answer: Answer, was_early: bool, typed: str = "") -> None:
        self.given.append(Given(question, answer, was_early, len(self._sent), typed))
        self._send(answer)

    def _answer_early(self) -> None:
        """Answer with what a label said before, as long as that holds without a doubt; what does not may be told."""
        while (question := self.question) is not None and question.slot in self.early:
            early = self.early.pop(question.slot)
            answer = question.held(early)
            if answer is None:
                self._lose(question.lost(early))
                return
            self._give(question, answer, was_early=True)
        self.say(question.notice if question is not None else None)

    def _lose(self, lost: Again | Said | None) -> None:
        """Tell what a label said that does not hold; where the same again would confirm it, that is waited for."""
        if isinstance(lost, Again):
            self.unconfirmed, self.doubts = lost.answer, (lost.doubts[0].key,)
        self.say(lost.doubts[0] if isinstance(lost, Again) else lost)

    @property
    def reasons(self) -> Reasons:
        """Why codes were typed, also for whoever sets it up again from what it was sent."""
        return Reasons(self.typed_before, tuple((given.at, given.typed) for given in self.given if given.typed))

    @property
    def typed_at(self) -> Question:
        """The question that a typed code answers."""
        assert isinstance(self.request, Question), "a code answers a question"
        return self.request

    def ask_reason(self, verdict: Verdict) -> None:
        """Hold an answer back until it is said why its code was typed."""
        self.typed = verdict
        self.unconfirmed = None
        self.page = 0

    def answered(self, verdict: Verdict) -> None:
        reason = BY_HAND if verdict.is_typed else ""
        if self.typed is not None:
            reason = verdict.answer.value if isinstance(verdict.answer, Choice) else BY_HAND
            verdict, self.typed = self.typed, None
        question, answer = self.question, verdict.answer
        assert question is not None, "only a question is answered"
        assert answer is not None, "an answered verdict holds its answer"
        self.unconfirmed = None
        self.page = 0
        if isinstance(answer, Goods):
            self.early = {}
        self.early.update({slot: early for slot, early in verdict.early.items() if slot in self.script.slots})
        self._give(question, answer, was_early=False, typed=reason)
        self._answer_early()

    def unconfirm(self, verdict: Verdict) -> None:
        """Wait for the same answer again; ``doubts`` are the keys of what was said of it so far."""
        assert verdict.answer is not None, "an unconfirmed verdict holds its answer"
        is_same = self.unconfirmed is not None and timeless(self.unconfirmed) == timeless(verdict.answer)
        said = (verdict.said.key,) if verdict.said else ()
        self.doubts = (*self.doubts, *said) if is_same else said
        self.unconfirmed = verdict.answer

    def hold_open(self, verdict: Verdict) -> None:
        """Ask which of several things was meant."""
        self.undecided = verdict
        self.page = 0

    def halt(self, verdict: Verdict) -> None:
        del verdict
        self.unconfirmed = None
        self.halted = True

    def undo(self, verdict: Verdict | None = None) -> None:
        """Take back a pending confirmation, or the last answer with all that its label answered after it."""
        del verdict
        if self.typed is not None:
            self.typed = None
            return
        if self.unconfirmed is not None:
            self.unconfirmed = None
            return
        while self._is_answered and (self.given[-1].was_early or self.given[-1].was_told):
            self.given.pop()
        if self._is_answered:
            self._rewind(self.given.pop().at)

    def step_back(self) -> None:
        """Be at the question before, with nothing said and nothing stopped."""
        self.typed = self.unconfirmed = self.said = None
        self.halted = self.is_helped = False
        self.aside = self.page = 0
        self.undo()

    def _rewind(self, at: int) -> None:
        """Run the script again with the first ``at`` things it was sent."""
        kept, self._sent, self.early = self._sent[:at], [], {}
        self._begin()
        for value in kept:
            self._send(value)

    def acknowledge(self, verdict: Verdict) -> None:
        del verdict
        self.halted = False
        self.aside = 0

    def set_aside(self, verdict: Verdict) -> None:
        """Count what came behind a mistake; what came when the program was left is not counted to the next one."""
        del verdict
        self.aside += self.halted

    def help(self, verdict: Verdict) -> None:
        """Show help, from its first page; a verdict that says nothing closes it."""
        self.is_helped = verdict.said is not None
        self.page = 0

    def turn_page(self, verdict: Verdict) -> None:
        del verdict
        self.page += 1

    def widen(self, verdict: Verdict) -> None:
        """Show everything in full, from the beginning; or again as there is room."""
        del verdict
        self.is_whole = not self.is_whole
        self.page = 0


_effects: dict[Result, Callable[[Play, Verdict], None]] = {
    Result.ANSWERED: Play.answered,
    Result.UNCONFIRMED: Play.unconfirm,
    Result.TYPED: Play.ask_reason,
    Result.UNDECIDED: Play.hold_open,
    Result.REFUSED: Play.halt,
    Result.BROKEN: Play.halt,
    Result.UNDONE: Play.undo,
    Result.ACKNOWLEDGED: Play.acknowledge,
    Result.SET_ASIDE: Play.set_aside,
    Result.HELPED: Play.help,
    Result.PAGED: Play.turn_page,
    Result.WIDENED: Play.widen,
}
