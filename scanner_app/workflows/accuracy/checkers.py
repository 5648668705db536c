"""Checkers: what supervisors accepted of whose counts, how much of it nobody else looked at, and what came in parts."""

from collections.abc import Iterator

from scanner_app.domain.desk.accuracy_asks import AskCheckers
from scanner_app.domain.desk.accuracy_replies import CheckerRow, CheckersPage, SplitRow
from scanner_app.domain.people import Right
from scanner_app.workflows.accuracy import phrases as say
from scanner_app.workflows.accuracy.accuracy import BEFORE, LETTERS, NEXT, OTHER
from scanner_app.workflows.accuracy.part_asked import PERIOD, before, is_told, other_period
from scanner_app.workflows.engine.script import Script, Start, Steps
from scanner_app.workflows.lookups.words_waiting import Spoken, WordsWaiting
from scanner_app.workflows.parts.centre.asking import SLOTS, answered
from scanner_app.workflows.parts.money import in_money
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import Part, amount, code, number
from scanner_app.workflows.questions.shown import Shown

BACK = "back"


def checkers(operator: str, period: str = "", after: str = "") -> Steps:
    """List pairs of a supervisor and a counter; of the one that is chosen say all that is known."""
    del operator
    given = {PERIOD: period} if period else {}
    spoken: Spoken = yield WordsWaiting()
    page = yield from answered(AskCheckers(period=period, after=after), Start("checkers", given))
    assert isinstance(page, CheckersPage), "a question takes the reply that fits it"
    rows = page.rows if is_told(page, spoken.hidden) else ()
    chosen: Choice = yield _which(page, rows, is_shown=is_told(page, spoken.hidden))
    if chosen.value == BEFORE:
        yield Start("checkers", {PERIOD: before(page)})
    elif chosen.value == NEXT:
        yield Start("checkers", {PERIOD: page.period, "after": page.after})
    elif chosen.value == OTHER:
        yield from other_period("checkers", given)
    else:
        yield from _pair(page, rows[int(chosen.value)])


def _which(page: CheckersPage, rows: tuple[CheckerRow, ...], *, is_shown: bool) -> AskChoice:
    listed = [Option(str(place), parts=_row(row)) for place, row in enumerate(rows)]
    others = {BEFORE: say.BEFORE, OTHER: say.OTHER_PERIOD}
    listed += [Option(what, phrase=phrase, letter=LETTERS[what]) for what, phrase in others.items()]
    listed += [Option(NEXT, phrase=labels.NEXT_PAGE, letter="e")] if page.after and is_shown else []
    asks = say.WAITS if not is_shown else say.WHICH_PAIR if rows else say.NO_PAIRS
    lines = (Shown(say.L_PERIOD, page.period), *(_splits(page.splits) if is_shown else ()))
    return AskChoice(slot="pair", phrase=asks, help=say.HELP_PAIR, options=tuple(listed), lines=lines)


def _row(row: CheckerRow) -> tuple[Part, ...]:
    return code(row.supervisor), code(row.counter), number(f"{row.accepted:,}"), number(in_money(row.value))


def _splits(splits: tuple[SplitRow, ...]) -> Iterator[Shown]:
    if splits:
        yield Shown(phrase=say.SPLITS)
    for one in splits:
        people = code("+".join(one.people))
        what = (number(in_money(one.value)), amount(one.quantity, one.unit), code(one.place), code(one.item))
        yield Shown(parts=(*what, people, code(one.day)))


def _pair(page: CheckersPage, row: CheckerRow) -> Steps:
    """All that one of them accepted of what the other counted."""
    whole = sum(one.accepted for one in page.rows if one.supervisor == row.supervisor)
    numbers = {
        say.REJECTS: row.rejected, say.UNCHECKED: row.unchecked, say.BULK: row.bulk, say.ABOVE: row.above,
        say.OTHER: row.other,
    }  # fmt: skip
    accepted = {"part": f"{row.accepted:,}", "whole": f"{whole:,}", "who": row.supervisor}
    lines = [
        Shown(parts=(code(row.supervisor), code(row.counter))),
        Shown(phrase=say.ACCEPTED, arguments=accepted),
        *(Shown(phrase=phrase, arguments={"part": f"{count:,}"}) for phrase, count in numbers.items()),
        Shown(phrase=say.WORTH, arguments={"off": in_money(row.value)}),
    ]
    options = (Option(BACK, phrase=say.FIGURES),)
    chosen: Choice = yield AskChoice(
        slot="look", phrase=say.ONE_PAIR, help=say.HELP_ONE_PAIR, options=options, lines=tuple(lines)
    )
    del chosen
    yield Start("checkers", {PERIOD: page.period})


CHECKERS = Script(
    name="checkers", title=say.CHECKERS, steps=checkers, right=Right.DECIDE,
    slots=(*SLOTS, "pair", "look", PERIOD),
)  # fmt: skip
