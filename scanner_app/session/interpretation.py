"""Interpretation: what an entry that is no command means at the live question."""

from functools import partial

from msgspec.structs import replace

from scanner_app.domain.capture.barcode import Reading, Unreadable, read
from scanner_app.domain.capture.entry import TERMINALS, TYPING, Entry, Fault
from scanner_app.domain.capture.mangled import Pair, is_foreign, mangled
from scanner_app.domain.check_digit import is_number
from scanner_app.domain.clock import year_of
from scanner_app.domain.recognition.label import Why
from scanner_app.domain.recognition.separators import GS
from scanner_app.session.facts import facts_of, known_of, knows, meant, stands
from scanner_app.session.session import Session
from scanner_app.workflows.engine.interpret import Moment, interpret
from scanner_app.workflows.engine.undecided import decided
from scanner_app.workflows.engine.verdict import Result, Verdict
from scanner_app.workflows.phrases import session as phrases
from scanner_app.workflows.questions import phrases as question_phrases
from scanner_app.workflows.questions.answers import Answer, Goods, Text
from scanner_app.workflows.questions.facts import Facts, Wanted
from scanner_app.workflows.questions.goods_label import MARKS, near_rows
from scanner_app.workflows.questions.judgement import doubt, refused
from scanner_app.workflows.questions.question import Question

_FAULTS = {
    Fault.TOO_LONG: phrases.TOO_LONG,
    Fault.TORN: phrases.TORN,
    Fault.CUT: phrases.CUT,
    Fault.LOST: phrases.LOST,
    Fault.UNENDED: phrases.UNENDED,
    Fault.UNFRAMED: phrases.UNFRAMED,
    Fault.NOT_TAKEN: phrases.NOT_TAKEN,
}
"""What is said of a line that a reader could not hand over."""


def verdict_on(entry: Entry, moment: Moment, session: Session) -> Verdict:
    """Gather what may be known of an entry, and judge it."""
    play = session.play
    if entry.fault in _FAULTS:
        return Verdict(play.slot, Result.REFUSED, said=refused(_FAULTS[entry.fault], reader=entry.reader).said)
    reading = _read(entry, session)
    is_typed = was_typed(entry, reading, scans_have_aim=session.settings.scans_have_aim)
    if isinstance(reading, Unreadable):
        return interpret(play, reading, Facts(), moment, session.settings.limits)
    return _verdict_on(entry, *_known(reading, moment, session, is_typed=is_typed), moment, session)


def _verdict_on(entry: Entry, reading: Reading, facts: Facts, moment: Moment, session: Session) -> Verdict:
    play, limits = session.play, session.settings.limits
    layouts = _mangled(entry, reading, facts, session)
    if layouts is not None and _is_sure(layouts, entry, session):
        return _of_a_layout(layouts, entry, session)
    if moment.is_private and _would_be_kept(play.question, reading, facts):
        # what may be a secret is not searched for, and becomes no lot, number or plate
        return interpret(play, Unreadable(), facts, moment, limits)
    verdict = interpret(play, reading, facts, moment, limits)
    if layouts is not None and verdict.result is Result.REFUSED:
        return _of_a_layout(layouts, entry, session)
    if _is_new_mark(verdict, facts) and (layouts is not None or _is_foreign(entry)):
        return interpret(play, reading, facts, moment, limits, first=doubt(phrases.LAYOUT_AGAIN, code=reading.text))
    near, row = _near(verdict, reading, facts, session), _near_row(verdict, reading, facts, session)
    if near is None and row is None:
        return verdict
    meant_so = near or row or reading
    facts = _facts(meant_so, moment, session, is_typed=facts.is_typed)
    first = doubt(question_phrases.NEAR_AGAIN, code=meant_so.text)
    asked = interpret(play, meant_so, facts, moment, limits, first=first)
    return verdict if near is None and asked.result is Result.REFUSED else asked


def _read(entry: Entry, session: Session) -> Reading | Unreadable:
    """A line as it is, or with its separators back, where it is a label only then and the site does not know it."""
    year = year_of(entry.stamp.wall_us)
    reading = read(entry.raw, year, session.settings.patterns)
    stands_for = dict(session.settings.separators).get(entry.reader, b"")
    if not stands_for or stands_for not in entry.raw:
        return reading
    parted = read(entry.raw.replace(stands_for, GS.encode()), year)
    is_label = isinstance(parted, Reading) and (parted.label is not None or parted.why is not Why.NOTHING)
    is_known = isinstance(reading, Reading) and stands(session.store, reading.text)
    return parted if is_label and not is_known else reading


def _mangled(entry: Entry, reading: Reading, facts: Facts, session: Session) -> Pair | None:
    """Layouts that have made it of another code; once seen at a reader they are remembered, until one is right again.

    Digits are never looked at so: a PIN is of digits.
    """
    question, text = session.play.question, entry.raw.decode("utf-8", "replace")
    if entry.source not in TYPING or is_number(text) or question is None or question.is_secret:
        return None
    seen, has_aim = session.layouts.get(entry.reader), session.settings.scans_have_aim and entry.source in TERMINALS
    is_known, is_suspected = facts.is_known or bool(facts.marks or facts.marked), seen is not None or has_aim
    if is_known and not is_suspected:
        return None
    hidden = session.blind.hidden()
    is_known = is_known or knows(session.store, reading, hidden)
    if is_known and not is_suspected:
        return None
    suspects = (seen,) if seen else ()
    found = mangled(
        text, partial(known_of, session.store, hidden=hidden), is_known=is_known, has_aim=has_aim, suspects=suspects
    )
    if found is None and is_known and seen is not None and seen.meant(text) != text:
        del session.layouts[entry.reader]
    return found


def _is_sure(layouts: Pair, entry: Entry, session: Session) -> bool:
    """Whether it is told by more than another code that is known: a new lot may well be like an old one."""
    text = entry.raw.decode("utf-8", "replace")
    is_seen = session.layouts.get(entry.reader) == layouts
    return is_seen or not text.isascii() or (session.settings.scans_have_aim and layouts.begins_with_aim(text))


def _of_a_layout(layouts: Pair, entry: Entry, session: Session) -> Verdict:
    """Refuse a mangled code, and remember what mangles there."""
    session.layouts[entry.reader] = layouts
    host, gun = layouts.host.upper(), layouts.gun.upper()
    return Verdict(session.play.slot, Result.REFUSED, said=refused(phrases.LAYOUT, host=host, gun=gun).said)


def _is_new_mark(verdict: Verdict, facts: Facts) -> bool:
    """Whether a lot or serial is taken that nobody knows."""
    is_mark = isinstance(verdict.answer, Text) and verdict.question in MARKS
    return is_mark and not facts.is_known and not facts.marked


def _is_foreign(entry: Entry) -> bool:
    """Whether it has signs of which another layout makes a plain code."""
    return entry.source in TYPING and is_foreign(entry.raw.decode("utf-8", "replace")) is not None


def _near(verdict: Verdict, reading: Reading, facts: Facts, session: Session) -> Reading | None:
    """What may have been meant by a code that nobody knows, or by a lot or serial that its item does not have."""
    question, catalog = session.play.question, session.store.catalog
    if question is not None and question.is_blind:
        return None
    if isinstance(verdict.answer, Goods):
        return _near_of_goods(verdict.answer.item, verdict.early, reading, session)
    mark = question.mark_of if question is not None else None
    if question is not None and mark is not None and (isinstance(verdict.answer, Text) or question.slot == mark.mark):
        text = verdict.answer.text if isinstance(verdict.answer, Text) else ""
        is_new = bool(text) and not question.knows(text)
        found = _near_marks(session, mark.item, mark.mark, text) if is_new else ()
        return _in_its_place(reading, mark.mark, found[0]) if len(found) == 1 else None
    is_told = facts.is_known or facts.marked or reading.label or reading.why is not Why.NOTHING
    if is_told or verdict.result not in (Result.REFUSED, Result.UNCONFIRMED):
        return None
    marks = _near_marks(session, mark.item, mark.mark, reading.text) if mark is not None else ()
    found = (*catalog.near(reading.text), *marks)
    return Reading(found[0], (found[0],), reading.aim) if len(found) == 1 else None


def _near_row(verdict: Verdict, reading: Reading, facts: Facts, session: Session) -> Reading | None:
    """The label that was meant by one that is refused as it names another lot or serial than those in question."""
    question = session.play.question
    if question is None or verdict.result is not Result.REFUSED:
        return None
    rows = near_rows(reading, facts, question.of_rows)
    if len(rows) != 1 or reading.label is None:
        return None
    changed = [getattr(rows[0], mark) for mark in MARKS if getattr(rows[0], mark) != getattr(reading.label, mark)]
    return replace(reading, text=changed[0], label=rows[0])


def _near_of_goods(item: str, early: dict[str, Answer], reading: Reading, session: Session) -> Reading | None:
    """The label of goods with the lot and the serial that were meant; None where it names those, or none is near."""
    meant = reading
    for mark in MARKS:
        said = early.get(mark)
        if isinstance(said, Text) and said.text and mark in session.play.script.slots:
            found = _near_marks(session, item, mark, said.text)
            meant = replace(_in_its_place(meant, mark, found[0]), codes=reading.codes) if len(found) == 1 else meant
    return meant if meant is not reading else None


def _near_marks(session: Session, item: str, mark: str, text: str) -> tuple[str, ...]:
    """Lots or serials that may have been meant; none for somebody who is not to know which there are."""
    return () if session.blind.hidden() else session.store.catalog.near_marks(item, mark, text)


def _in_its_place(reading: Reading, mark: str, text: str) -> Reading:
    """A reading as it would be with a lot or serial that there is."""
    if reading.label is None:
        return Reading(text, (text,), reading.aim)
    return Reading(text, reading.codes, reading.aim, replace(reading.label, **{mark: text}))


def _known(reading: Reading, moment: Moment, session: Session, *, is_typed: bool) -> tuple[Reading, Facts]:
    """A reading with what is known of it; a number that chooses stands for what was read before."""
    undecided = session.play.undecided
    if undecided is not None and (choice := decided(undecided, reading)):
        chosen, meaning = choice
        facts = _facts(chosen, moment, session, is_typed=undecided.is_typed)
        return chosen, facts.only(meaning.kind, meaning.code, meaning.unit)
    reading = meant(session.store, reading)
    return reading, _facts(reading, moment, session, is_typed=is_typed)


def _would_be_kept(question: Question | None, reading: Reading, facts: Facts) -> bool:
    """Say whether a line that the site does not know would be in the log as an answer."""
    return question is not None and not facts.is_known and question.takes_unknown(reading.text)


def was_typed(entry: Entry, reading: Reading | Unreadable, *, scans_have_aim: bool) -> bool:
    """Say whether a line came by hand: a scanner that types as a keyboard does tells itself by AIM identifiers only."""
    return scans_have_aim and entry.source in TERMINALS and isinstance(reading, Reading) and not reading.aim


def _facts(reading: Reading, moment: Moment, session: Session, *, is_typed: bool) -> Facts:
    question = session.play.question
    wanted = question.wanted if question else Wanted()
    if wanted.is_of_people:
        return session.guard.attempt(wanted, reading, moment.stamp)
    return facts_of(session.store, wanted, reading, is_typed=is_typed, hidden=session.blind.hidden())
