"""Unfinished work of a session: set aside when its operator leaves, said with its goods, offered when they are back."""

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from scanner_app.domain.capture.entry import Entry
from scanner_app.domain.clock import Stamp
from scanner_app.session.replay import answering
from scanner_app.session.session import Session
from scanner_app.session.stack import Opened
from scanner_app.store.unfinished import LeftWork
from scanner_app.workflows.engine.runner import Play
from scanner_app.workflows.engine.verdict import Result, Verdict
from scanner_app.workflows.lookups.unfinished import Scanned
from scanner_app.workflows.phrases.said import Said, then
from scanner_app.workflows.questions.answers import Amount, Goods
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.shift import phrases as say


def set_aside(session: Session, wall_us: int) -> Said | None:
    """Keep what is unfinished for its operator; the sentences that say what it is, or None when there is nothing."""
    said: Said | None = None
    for opened in session.stack.opened:
        if opened.play.has_work:
            session.store.unfinished.add(session.who.operator, _left(session, opened, wall_us))
            said = then(said, Said(say.NOT_BOOKED.key, "attention", {"goods": _goods(opened.play)}))
    return said


def take_up(session: Session, stamp: Stamp, enter: Callable[[Entry], Verdict], *, goes_on: bool) -> None:
    """Go on with what was set aside: its entries are entered once more, now, and judged anew; or let it go."""
    work = session.store.unfinished.take(session.who.operator)
    if work is None or not goes_on:
        session.arrive(Said(say.LET_GO.key, "good"))
        return
    session.stack.end("done")
    session.start(work.script, work.arguments)
    for slot, number in work.entries:
        entry = session.store.log.entry(number)
        if entry is None or session.play.slot != slot or not _is_answer(session, replace(entry, stamp=stamp), enter):
            return


def _is_answer(session: Session, entry: Entry, enter: Callable[[Entry], Verdict]) -> bool:
    """Let an entry of before answer the live question; False when it does not, or would end the script."""
    database = session.store.file.database
    database.execute("SAVEPOINT again")
    is_answered = enter(entry).result is Result.ANSWERED
    if session.play.end is not None:
        database.execute("ROLLBACK TO again")
        session.store.forget()
        session.restore()
        is_answered = False
    database.execute("RELEASE again")
    return is_answered


def _left(session: Session, opened: Opened, wall_us: int) -> LeftWork:
    play, log = opened.play, session.store.log
    record = next(record for record in log.open_plays(session.name) if record.play == opened.number)
    entries = answering(record, log.numbered_verdicts(record.play))
    scanned = tuple(_scanned(play))
    return LeftWork(play.script.name, play.script.title.key, play.arguments, scanned, entries, wall_us)


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


def _goods(play: Play) -> str:
    """How much of what, and from where, as far as it was said."""
    given = [one for one in play.given if one.question.tells_of_goods(one.answer)]
    amounts = [one.question.words(one.answer).data for one in given if isinstance(one.answer, Amount)][-1:]
    items = [one.answer.item for one in given if isinstance(one.answer, Goods)][-1:]
    others = [one.answer.words for one in given if not isinstance(one.answer, Amount | Goods)]
    source = play.arguments.get("source", "")
    begun = [source] if source and not any(one.question.slot == "source" for one in given) else []
    return " ".join([*amounts, *items, *begun, *others])
