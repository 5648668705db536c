"""Codes that came by hand where a label was to be scanned: taken, taken with a reason, or refused. Each is counted."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.workflows.engine import typed_phrases as say
from scanner_app.workflows.engine.given import Given
from scanner_app.workflows.engine.verdict import Result, Verdict
from scanner_app.workflows.questions.answers import Answer, Goods, Place
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.judgement import refused
from scanner_app.workflows.questions.limits import TypedCodes
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.question import Question


class Reasons(Struct, frozen=True):
    """Why codes were typed with which a play begins: ``before`` it, each with its code, or ``at`` what it was sent."""

    before: tuple[tuple[str, str], ...] = ()
    at: tuple[tuple[int, str], ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Why each code was typed that the play began with, or was answered with."""
        return (*(why for _code, why in self.before), *(why for _at, why in self.at))


def typed_of(
    before: tuple[tuple[str, str], ...], given: Iterable[Given], arguments: dict[str, str]
) -> tuple[tuple[str, str], ...]:
    """What was typed, before a play or in it, of what another one begins with."""
    typed = ((_code_of(one.answer), one.typed) for one in given if one.typed)
    return tuple((code, why) for code, why in (*before, *typed) if code in arguments.values())


def _code_of(answer: Answer) -> str:
    """What was typed where a label was to be scanned: a place or an item."""
    return answer.place if isinstance(answer, Place) else answer.item if isinstance(answer, Goods) else ""


NO_REASONS = Reasons()
BY_HAND = "typed"
"""What stands for a reason where none is asked for."""
REASON = AskChoice(
    slot="typed_reason",
    phrase=say.WHY_TYPED,
    help=say.HELP_WHY_TYPED,
    options=tuple(Option(reason, phrase=phrase) for reason, phrase in say.REASONS.items()),
)


def typed(verdict: Verdict, question: Question, codes: TypedCodes) -> Verdict:
    """What becomes of a verdict on a line that was typed; numbers, lots and choices are no codes."""
    answer = verdict.answer
    if not question.takes_labels or not isinstance(answer, Place | Goods):
        return verdict
    if codes is TypedCodes.REFUSED:
        return Verdict(verdict.question, Result.REFUSED, said=refused(say.SCAN_IT).said)
    if verdict.result is not Result.ANSWERED:
        return verdict
    result = Result.TYPED if codes is TypedCodes.REASON else verdict.result
    return replace(verdict, result=result, is_typed=True)
