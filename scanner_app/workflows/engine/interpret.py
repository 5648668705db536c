"""Interpretation: a reading, judged against the question of a play, becomes a verdict; the play is left as it is."""

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.capture.barcode import Reading, Unreadable
from scanner_app.domain.check_digit import is_number
from scanner_app.domain.clock import Stamp
from scanner_app.domain.desk.replies import Reply
from scanner_app.workflows.engine.runner import READ, READ_LENGTH_MAX, Play
from scanner_app.workflows.engine.typed_codes import typed
from scanner_app.workflows.engine.verdict import Result, Verdict
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions import phrases as question_phrases
from scanner_app.workflows.questions.answers import Amount, Answer, Goods, Place, timeless
from scanner_app.workflows.questions.facts import Facts
from scanner_app.workflows.questions.judgement import (
    Accepted,
    Again,
    Ignored,
    Judgement,
    Refused,
    Sent,
    Several,
    doubt,
    doubted_first,
    refused,
)
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.misread import WANTED, fault_of
from scanner_app.workflows.questions.question import Question


class Moment(Struct, frozen=True):
    """When an entry was captured, and until when (time since boot, us) a repetition counts as a double read.

    ``is_private`` says that its text may be a secret and must not be repeated,
    ``is_again`` that it is the label with which the question before was answered, ``is_entered_again`` that it is one
    of several entries of before, which come at once though they did not.
    """

    stamp: Stamp
    confirms_after_us: int
    is_private: bool = False
    is_again: bool = False
    is_entered_again: bool = False


def interpret(
    play: Play,
    reading: Reading | Unreadable,
    facts: Facts,
    moment: Moment,
    limits: Limits,
    *,
    first: Said | None = None,
) -> Verdict:
    """Judge a reading against the question of a play; the play itself is left as it is.

    ``first`` is a doubt that is said of it before any other.
    """
    question = play.asked
    limits = replace(limits, double_read_us=0) if moment.is_entered_again else limits
    if isinstance(reading, Unreadable):
        verdict = _refused(question, refused(question_phrases.UNREADABLE))
    else:
        judged = _answer(play, reading, facts, moment, limits)
        judged = _of_the_same_label(play, judged, reading, moment) if moment.is_again else judged
        verdict = _verdict(play, doubted_first(judged, first) if first else judged, reading, facts, moment)
    return typed(verdict, question, limits.typed_codes) if facts.is_typed else verdict


def interpret_reply(play: Play, reply: Reply, wall_us: int) -> Verdict:
    """Judge what the centre answered to the question of a play, which asked it."""
    question = play.asked
    judged = question.judge_reply(reply, wall_us)
    if isinstance(judged, Refused):
        return _refused(question, judged)
    assert isinstance(judged, Accepted), "a reply answers, or says why not"
    return Verdict(question.slot, Result.ANSWERED, judged.answer, said=play.standing)


def interpret_news(play: Play, wall_us: int) -> Verdict:
    """What it means for the question of a play that more is known by now: it is asked anew, or nothing."""
    judged = None if play.halted else play.asked.judge_news(wall_us)
    if judged is None:
        return Verdict(play.slot, Result.IGNORED, said=play.standing)
    return Verdict(play.slot, Result.ANSWERED, judged.answer, said=play.standing)


def _answer(play: Play, reading: Reading, facts: Facts, moment: Moment, limits: Limits) -> Judgement:
    """Judge a reading as an answer, unless it is a number that is on no list, or has a fault."""
    if _is_passed_over(play, reading) or (play.undecided and not facts.is_known and is_number(reading.text)):
        return refused(question_phrases.NO_SUCH_CHOICE, **{WANTED: question_phrases.WANT_CHOICE.key})
    question = play.asked
    fault = None if question.knows(reading.text) else fault_of(reading, facts, question.minds)
    return fault or question.judge(reading, facts, moment.stamp.wall_us, limits)


def _is_passed_over(play: Play, reading: Reading) -> bool:
    """Say whether it is open which of several things was meant where each scan is one more: that one would be lost."""
    read = play.undecided.reading if play.undecided is not None else None
    return read is not None and (play.asked.adds or play.asked.is_tally) and reading.text != read.text


def _of_the_same_label(play: Play, judged: Judgement, reading: Reading, moment: Moment) -> Judgement:
    """The trigger was pulled twice: no mistake, no goods or place once more, and no number without a doubt.

    What is said of it already stays.
    """
    if isinstance(judged, Refused):
        is_told = play.said is not None and play.said.key == judged.said.key
        return Ignored(play.said if play.said and is_told else doubt(question_phrases.JUST_READ))
    if isinstance(judged, Accepted) and not play.asked.adds and _is_nothing_new(play, judged.answer, moment):
        return Ignored(doubt(question_phrases.JUST_READ))
    if isinstance(judged, Accepted | Again) and isinstance(judged.answer, Amount):
        return doubted_first(judged, doubt(question_phrases.NUMBER_AGAIN, number=reading.text))
    return judged


def _is_nothing_new(play: Play, answer: Answer, moment: Moment) -> bool:
    """Say whether it is what was answered last, or goods by a trigger that bounced."""
    is_double = moment.stamp.monotonic_us <= moment.confirms_after_us
    newest = play.given[-1].answer if play.given else None
    is_newest = isinstance(answer, Goods | Place) and newest is not None and timeless(newest) == timeless(answer)
    return (is_newest and not play.asked.is_tally) or (is_double and isinstance(answer, Goods))


def _verdict(play: Play, judged: Judgement, reading: Reading, facts: Facts, moment: Moment) -> Verdict:
    question = play.asked
    if isinstance(judged, Accepted):
        return _accepted(question, judged, moment)
    if isinstance(judged, Again):
        return _confirm(play, question.slot, judged, moment)
    if isinstance(judged, Refused):
        return _refused(question, judged, "" if moment.is_private else reading.text)
    if isinstance(judged, Several):
        meanings = judged.meanings
        return Verdict(question.slot, Result.UNDECIDED, is_typed=facts.is_typed, reading=reading, meanings=meanings)
    return Verdict(question.slot, Result.SENT if isinstance(judged, Sent) else Result.IGNORED, said=judged.said)


def _accepted(question: Question, judged: Accepted, moment: Moment) -> Verdict:
    if question.is_repeated and moment.stamp.monotonic_us <= moment.confirms_after_us:
        return _too_soon(question.slot)
    return Verdict(question.slot, Result.ANSWERED, judged.answer, judged.early)


def _refused(question: Question, judged: Refused, text: str = "") -> Verdict:
    """Let the worker see what was read, and what is wanted instead."""
    read = {READ: text[:READ_LENGTH_MAX]} if text else {}
    arguments = {WANTED: question.wants.key, **judged.said.arguments, **read}
    return Verdict(question.slot, Result.REFUSED, said=replace(judged.said, arguments=arguments))


def _confirm(play: Play, slot: str, judged: Again, moment: Moment) -> Verdict:
    """The same answer again confirms what was said of it, captured after that had been shown for a while."""
    pending = play.unconfirmed
    if pending is None or timeless(pending) != timeless(judged.answer):
        return Verdict(slot, Result.UNCONFIRMED, judged.answer, said=judged.doubts[0])
    if moment.stamp.monotonic_us <= moment.confirms_after_us:
        return _too_soon(slot)
    unsaid = [said for said in judged.doubts if said.key not in play.doubts]
    if unsaid:
        return Verdict(slot, Result.UNCONFIRMED, judged.answer, said=unsaid[0])
    return Verdict(slot, Result.ANSWERED, judged.answer, judged.early)


def _too_soon(slot: str) -> Verdict:
    return Verdict(slot, Result.IGNORED, said=Said(question_phrases.TOO_SOON.key, "attention"))
