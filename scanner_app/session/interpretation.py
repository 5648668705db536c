"""Interpretation: what an entry that is no command means at the live question."""

from scanner_app.domain.capture.barcode import Reading, Unreadable, read
from scanner_app.domain.capture.entry import Entry, Fault, Source
from scanner_app.session.facts import facts_of
from scanner_app.session.session import Session
from scanner_app.workflows.engine.runner import Moment, interpret
from scanner_app.workflows.engine.verdict import Result, Verdict
from scanner_app.workflows.phrases import session as phrases
from scanner_app.workflows.questions.answers import Text
from scanner_app.workflows.questions.facts import Facts, Wanted
from scanner_app.workflows.questions.judgement import refused
from scanner_app.workflows.questions.question import Question

_FAULTS = {Fault.TOO_LONG: phrases.TOO_LONG, Fault.TORN: phrases.TORN}


def verdict_on(entry: Entry, moment: Moment, session: Session) -> Verdict:
    """Gather what may be known of an entry, and judge it."""
    play = session.play
    if entry.fault in _FAULTS:
        return Verdict(play.slot, Result.REFUSED, said=refused(_FAULTS[entry.fault]).said)
    reading = read(entry.raw)
    is_typed = was_typed(entry, reading, scans_have_aim=session.settings.scans_have_aim)
    facts = Facts() if isinstance(reading, Unreadable) else _facts(reading, moment, session, is_typed=is_typed)
    if moment.is_private and isinstance(reading, Reading) and _would_be_kept(play.question, reading, facts):
        reading = Unreadable()  # what may be a secret is not searched for, and becomes no lot, number or plate
    verdict = interpret(play, reading, facts, moment, session.settings.limits)
    if not isinstance(reading, Reading) or facts.is_known or not (code := _near(verdict, reading, session)):
        return verdict
    meant = Reading(code, (code,), reading.aim)
    facts = _facts(meant, moment, session, is_typed=is_typed)
    return interpret(play, meant, facts, moment, session.settings.limits, is_near=True)


def _near(verdict: Verdict, reading: Reading, session: Session) -> str:
    """The only code that may have been meant by one that nobody knows, where it is refused or would be a new one."""
    question = session.play.question
    if question is None or verdict.result not in (Result.REFUSED, Result.UNCONFIRMED):
        return ""
    if question.mark_of:
        text = verdict.answer.text if isinstance(verdict.answer, Text) else ""
        near = session.store.catalog.near_marks(question.mark_of, question.slot, text) if text else ()
    else:
        near = session.store.catalog.near(reading.text) if reading.label is None else ()
    return near[0] if len(near) == 1 else ""


def _would_be_kept(question: Question | None, reading: Reading, facts: Facts) -> bool:
    """Say whether a line that the site does not know would be in the log as an answer."""
    return question is not None and not facts.is_known and question.takes_unknown(reading.text)


def was_typed(entry: Entry, reading: Reading | Unreadable, *, scans_have_aim: bool) -> bool:
    """Say whether a line came by hand: a scanner that types as a keyboard does tells itself by AIM identifiers only."""
    is_from_keyboard = entry.source in (Source.KEYBOARD, Source.LINE)
    return scans_have_aim and is_from_keyboard and isinstance(reading, Reading) and not reading.aim


def _facts(reading: Reading, moment: Moment, session: Session, *, is_typed: bool) -> Facts:
    question = session.play.question
    wanted = question.wanted if question else Wanted()
    if wanted.is_of_people:
        return session.guard.attempt(wanted, reading, moment.stamp)
    return facts_of(session.store, wanted, reading, is_typed=is_typed)
