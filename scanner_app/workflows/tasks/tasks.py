"""Tasks: what is to be counted, and who has it; one is given to others, or ended, and something more is asked for."""

from collections.abc import Iterator

from scanner_app.domain.desk.work_asks import AskTasks
from scanner_app.domain.desk.work_replies import EndedTask, TasksPage
from scanner_app.domain.events.work.ended import Ended
from scanner_app.domain.events.work.requested import Requested
from scanner_app.domain.people import Right
from scanner_app.domain.task import Task
from scanner_app.domain.work.lease import RELEASED
from scanner_app.workflows.engine.script import Post, Script, Start, Steps
from scanner_app.workflows.lookups.times import Times, TimesOf
from scanner_app.workflows.parts.centre import asking
from scanner_app.workflows.parts.centre import phrases as desk
from scanner_app.workflows.parts.centre.asking import answered
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.phrases.tasks import NOT_NEEDED, WHY
from scanner_app.workflows.questions.answers import Choice, Goods, Place
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import Part, code, verdict
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.tasks import phrases as say

ASK, STOCK, ANEW, NEXT = "ask", "stocktake", "anew", "next"
LIST, RELEASE, END = "list", "release", "end"
OTHERS = {ASK: ("w", say.ASK), STOCK: ("t", say.STOCKTAKE), ANEW: ("r", desk.ASK_ANEW)}
"""What is no task, by a letter: a number is always a task."""


def tasks(operator: str, after: str = "") -> Steps:
    """List them; of the one that is chosen say everything, and what may become of it."""
    del operator
    page = yield from answered(AskTasks(after=after), Start("tasks", {"after": after} if after else {}))
    assert isinstance(page, TasksPage), "a question takes the reply that fits it"
    chosen: Choice = yield _which(page)
    if chosen.value == ASK:
        yield from _asked_for()
    elif chosen.value == STOCK:
        yield Start("stocktake")
    elif chosen.value in (ANEW, NEXT):
        yield Start("tasks", {"after": page.after} if chosen.value == NEXT else {})
    else:
        yield from _opened(page.tasks[int(chosen.value)], page)


def _which(page: TasksPage) -> AskChoice:
    """The page, with what else may be done, by letters."""
    listed = [Option(str(place), parts=_row(task, page)) for place, task in enumerate(page.tasks)]
    others = [Option(what, phrase=phrase, letter=letter) for what, (letter, phrase) in OTHERS.items()]
    others += [Option(NEXT, phrase=labels.NEXT_PAGE, letter="p")] if page.after else []
    return AskChoice(
        slot="task", phrase=say.WHICH if listed else say.NONE, help=say.HELP_WHICH, options=(*listed, *others),
        arguments={"open": f"{page.open:,}", "late": f"{page.late:,}"}, lines=tuple(_beside(page)),
    )  # fmt: skip


def _row(task: Task, page: TasksPage) -> tuple[Part, ...]:
    late = (verdict(say.LATE),) if 0 < task.due <= page.as_of_us else ()
    held = (verdict(say.WITH, {"who": task.holder}),) if task.holder else ()
    return code(task.place), code(task.item), *late, *held


def _beside(page: TasksPage) -> Iterator[Shown]:
    """How many somebody has, and what was given up."""
    if page.held:
        yield Shown(phrase=say.HELD, arguments={"count": f"{page.held:,}"})
    if page.ended:
        yield Shown(phrase=say.GIVEN_UP)
    yield from map(given_up, page.ended)


def given_up(ended: EndedTask) -> Shown:
    """A place that was not counted, why, and who says so."""
    why = verdict(WHY[ended.reason]) if ended.reason in WHY else code(ended.reason)
    return Shown(parts=(code(ended.place), code(ended.item), why, code(ended.operator)))


def _opened(task: Task, page: TasksPage) -> Steps:
    times: Times = yield TimesOf((task.due, task.since))
    release = (Option(RELEASE, phrase=say.RELEASE),) if task.holder else ()
    options = (Option(LIST, phrase=desk.TO_THE_LIST), Option(END, phrase=say.END), *release)
    known = tuple(_known(task, page, times.words))
    what: Choice = yield AskChoice(slot="what", phrase=desk.WHAT_NOW, help=say.HELP_WHAT, options=options, lines=known)
    if what.value == LIST:
        yield Start("tasks")
        return
    is_released = what.value == RELEASE
    done = say.RELEASED if is_released else say.ENDED
    fact = Ended(what.wall_us, task.task, "", task.since, RELEASED if is_released else NOT_NEEDED)
    yield Post(fact, {}, Said(done.key, "good", {"place": task.place}))


def _known(task: Task, page: TasksPage, times: tuple[str, ...]) -> Iterator[Shown]:
    due, _since = times
    yield Shown(parts=_row(task, page))
    known = ((labels.UNTIL, due), (say.L_PLAN, task.plan), (say.L_NOT_BY, task.not_by))
    yield from (Shown(label, text) for label, text in known if text)


def _asked_for() -> Steps:
    """Have a place counted, or goods wherever they are."""
    what: Place | Goods = yield AskPlace(
        slot="place", phrase=say.WHERE, help=say.HELP_WHERE, label=labels.PLACE, is_looked_at=True, or_goods=True
    )
    is_place = isinstance(what, Place)
    name = what.place if isinstance(what, Place) else what.item
    fact = Requested(what.wall_us, name if is_place else "", "" if is_place else name)
    yield Post(fact, {}, Said(say.ASKED.key, "good", {"what": name}))


TASKS = Script(
    name="tasks", title=say.TASKS, steps=tasks, right=Right.DECIDE, slots=(*asking.SLOTS, "task", "what", "place")
)
