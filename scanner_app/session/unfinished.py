"""Unfinished work of a session: set aside when its operator leaves, said with its goods, offered when they are back."""

from collections.abc import Callable, Iterator
from itertools import takewhile

from msgspec.structs import replace

from scanner_app.domain.capture.entry import Entry, Fault
from scanner_app.domain.clock import Stamp
from scanner_app.session.replay import answering
from scanner_app.session.session import Session
from scanner_app.session.stack import First, Opened
from scanner_app.store.unfinished import LeftWork, Step, Took
from scanner_app.workflows.engine.commands import command_of
from scanner_app.workflows.engine.in_work import in_work
from scanner_app.workflows.engine.runner import Play
from scanner_app.workflows.engine.verdict import Result, Verdict
from scanner_app.workflows.lookups.unfinished import Scanned
from scanner_app.workflows.phrases.said import Said, then
from scanner_app.workflows.questions.answers import Answer, Goods, Place, timeless
from scanner_app.workflows.questions.option import keyed
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.shift import phrases as say


def set_aside(session: Session, wall_us: int) -> Said | None:
    """Keep what is unfinished for its operator; the sentences that say what it is, or None when there is nothing."""
    said: Said | None = None
    for opened in session.stack.opened:
        if opened.play.has_work:
            session.store.unfinished.add(session.who.operator, _left(session, opened, wall_us))
            said = then(said, Said(say.NOT_BOOKED.key, "attention", {"goods": in_work(opened.play)}))
    return said


def take_up(session: Session, stamp: Stamp, enter: Callable[[Entry], Verdict], *, goes_on: bool) -> None:
    """Go on with what was set aside: its entries are entered once more, now, and judged anew; or let it go."""
    work = session.store.unfinished.take(session.who.operator)
    if work is None or not goes_on:
        session.arrive(Said(say.LET_GO.key, "good"))
        return
    session.stack.end("done")
    session.start(work.script, work.arguments, first=_first(work))
    for place, step in enumerate(work.steps):
        if place >= len(session.play.given) and not _is_again(session, work.steps, step, stamp, enter):
            return


def _first(work: LeftWork) -> First | None:
    """What it began with, as an answer."""
    if not work.first:
        return None
    answer, *_ = work.first.values()
    return First(answer, {slot: one for slot, one in work.first.items() if one is not answer})


def _is_again(
    session: Session, steps: tuple[Step, ...], step: Step, stamp: Stamp, enter: Callable[[Entry], Verdict]
) -> bool:
    """Let the entries of an answer give it once more; False when they do not, or would end the script.

    What would then stand there as another answer than it was is taken back, and so is what says nothing: the question
    is asked. What is doubted or refused now is told.
    """
    if session.play.slot != step.slot or not step.took:
        return False
    database = session.store.file.database
    database.execute("SAVEPOINT again")
    results = list(_entered(session, step, stamp, enter))
    is_whole = len(results) == len(step.took) and results[-1] is Result.ANSWERED
    is_same = session.play.end is None and _are_of_before(session.play, steps)
    is_told = bool(results) and results[-1] in (Result.UNCONFIRMED, Result.REFUSED)
    if not is_same or not (is_whole or is_told):
        database.execute("ROLLBACK TO again")
        session.store.forget()
        session.restore()
    database.execute("RELEASE again")
    return is_whole and is_same


def _entered(session: Session, step: Step, stamp: Stamp, enter: Callable[[Entry], Verdict]) -> Iterator[Result]:
    """Enter what gave an answer, as it was meant; as far as that means something, and nothing is doubted."""
    for took in step.took:
        entry = session.store.log.entry(took.entry)
        meant = _as_meant(entry, took, step.answer, session.play.question) if entry is not None else None
        if meant is None:
            return
        result = enter(replace(meant, stamp=stamp)).result
        yield result
        if result in (Result.UNCONFIRMED, Result.REFUSED, Result.IGNORED):
            return


def _as_meant(entry: Entry, took: Took, answer: Answer, question: Question | None) -> Entry | None:
    """An entry for the list of now: by its number a row was chosen, by the key of a look-up the code it had found."""
    if took.value:
        rows = keyed(question.choices) if question is not None else ()
        key = next((key for key, row in rows if row.value == took.value), None)
        return replace(entry, raw=key.encode()) if key is not None else None
    if command_of(entry) is None:
        return entry
    code = answer.place if isinstance(answer, Place) else answer.item if isinstance(answer, Goods) else ""
    return replace(entry, raw=code.encode(), key="", fault=Fault.NONE)


def _are_of_before(play: Play, steps: tuple[Step, ...]) -> bool:
    """Say whether all that is answered now is what was answered then."""
    now = [(given.question.slot, timeless(given.answer)) for given in play.given]
    return now == [(step.slot, timeless(step.answer)) for step in steps[: len(now)]]


def _left(session: Session, opened: Opened, wall_us: int) -> LeftWork:
    play, log = opened.play, session.store.log
    record = next(record for record in log.open_plays(session.name) if record.play == opened.number)
    steps = answering(record, log.numbered_verdicts(record.play))
    scanned, title, first = tuple(_scanned(play)), play.script.title.key, _begun_with(play, steps)
    return LeftWork(play.script.name, title, play.arguments, scanned, wall_us, steps, first)


def _begun_with(play: Play, steps: tuple[Step, ...]) -> dict[str, Answer]:
    """The answer that no entry of its own gave, and what came with it; nothing where each was entered."""
    if not steps or steps[0].took:
        return {}
    early = takewhile(lambda given: given.was_early, play.given[1:])
    return {given.question.slot: given.answer for given in (play.given[0], *early)}


def _scanned(play: Play) -> Iterator[Scanned]:
    """What the process began with, then every answer, in order."""
    answered = {given.question.slot for given in play.given}
    for name, called in play.script.labels.items():
        if play.arguments.get(name) and name not in answered:
            yield Scanned(called.key, play.arguments[name])
    for given in play.given:
        label, shown = given.question.label_of(given.answer), given.question.words(given.answer)
        if shown.data or shown.phrase:
            yield Scanned(label.key if label else "", shown.data, *_phrase(shown))


def _phrase(shown: Shown) -> tuple[str, dict[str, str]]:
    return (shown.phrase.key, shown.arguments) if shown.phrase else ("", {})
