"""The coach: stands between the session and the face, tells what to scan next, and says whether it was right."""

from collections import deque
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.clock import Stamp
from scanner_app.session.session import Session
from scanner_app.session.view.slot import Views
from scanner_app.session.view.view import Line, View
from scanner_app.training.lessons import BEGINNING, Step
from scanner_app.workflows.engine.commands import Command, command_of, forms
from scanner_app.workflows.phrases import training as say
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said

ACKNOWLEDGE = ".k"


class Coach:
    """A slot of views itself, for a face. It looks, in the work thread, whenever the session has a new view.

    ``place`` counts the steps done; ``wrong`` holds the places at which something else was done first.
    """

    def __init__(
        self, session: Session, views: Views, submit: Callable[[Entry], None], course: Sequence[Sequence[Step]]
    ) -> None:
        self._session = session
        self._views = views
        self._submit = submit
        self._steps = [step for lesson in course for step in lesson]
        self._starts = [sum(map(len, course[:number])) for number in range(len(course))]
        self._said: deque[Entry] = deque()
        self._listeners: list[Callable[[], None]] = []
        self._note: Said | None = None
        self._counter = views.latest().counter
        self._detour = ""
        self.place = 0
        self.wrong: set[int] = set()
        self.is_over = False
        self._view = self._told(views.latest())
        views.subscribe(self._look)

    def latest(self) -> View:
        return self._view

    def subscribe(self, callback: Callable[[], None]) -> None:
        self._listeners.append(callback)

    def submit(self, entry: Entry) -> None:
        """Take an entry on its way to the session."""
        self._said.append(entry)
        self._submit(entry)

    def submit_many(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            self.submit(entry)

    @property
    def is_behind(self) -> bool:
        """Whether something was entered that the coach has not looked at yet."""
        return bool(self._said)

    @property
    def is_done(self) -> bool:
        return self.place == len(self._steps)

    @property
    def codes(self) -> tuple[str, ...]:
        """All that is to be scanned, in order."""
        return tuple(step.code for step in self._steps)

    @property
    def summary(self) -> Said:
        right = self.place - len(self.wrong)
        return Said(say.ALL_DONE.key, "good", {"right": str(right), "count": str(len(self._steps))})

    def _look(self) -> None:
        view = self._views.latest()
        entries = [self._said.popleft() for _ in range(min(view.counter - self._counter, len(self._said)))]
        self._counter = view.counter
        if entries and self.is_done:
            self.is_over = True
        elif entries:
            self._judge(entries)
        self._view = self._told(view)
        for listener in self._listeners:
            listener()

    def _judge(self, entries: list[Entry]) -> None:
        """Compare what was entered, and where that has led, with the step."""
        where, step = self._where(), self._steps[self.place]
        self._detour = ""
        if len(entries) == 1 and where == step.then and _is_said(entries[0], step.code):
            self.place += 1
            self._note = Said(say.RIGHT.key, "good", {"done": str(self.place), "count": str(len(self._steps))})
            return
        self.wrong.add(self.place)
        self._correct(where)

    def _correct(self, where: str) -> None:
        """Say how to get back to the step, or to the beginning of its lesson."""
        before = self._steps[self.place - 1].then if self.place else BEGINNING
        if where.endswith("!") and where != before:
            self._note, self._detour = Said(say.GO_ON_FIRST.key, "attention"), ACKNOWLEDGE
        elif where == before:
            self._note = Said(say.NOT_THAT.key, "attention")
        else:
            self.place = max(start for start in self._starts if start <= self.place)
            self._note = Said(say.BEGIN_AGAIN.key, "attention")

    def _where(self) -> str:
        """The question that the session is at, and for a look-up what of."""
        play = self._session.play
        looked_at = [kind for kind in ("place", "item", "search") if play.arguments.get(kind)]
        kinds = looked_at if play.script.name == "inquiry" else []
        return "/".join([play.script.name, play.slot, *kinds]) + ("!" if play.halted else "")

    def _told(self, view: View) -> View:
        """The view with the training's mark, and with what is to be done below what is known."""
        title = f"{self._words(say.TRAINING)} {view.title}"
        return replace(view, title=title, lines=(*view.lines, *self._lines()), finished=view.finished or self.is_over)

    def _lines(self) -> tuple[Line, ...]:
        note = (Line(self._session.language.said(self._note), is_sentence=True),) if self._note else ()
        if self.is_done:
            sentences = (self._session.language.said(self.summary), self._words(say.ANYTHING_ENDS))
            return tuple(Line(sentence, is_sentence=True) for sentence in sentences)
        if self._detour:
            return (*note, Line(_shown(self._detour), self._words(say.L_PRESS)))
        step = self._steps[self.place]
        why = Line(self._words(step.tell), is_sentence=True)
        return (*note, why, Line(_shown(step.code), self._words(step.label)))

    def _words(self, phrase: Phrase) -> str:
        return self._session.language.words(phrase)


def _command(code: str) -> Command | None:
    return command_of(Entry(code.encode(), Source.REPLAY, Stamp(0, 0, "")))


def _is_said(entry: Entry, code: str) -> bool:
    """Say whether an entry is what was told, a command in any of its forms."""
    command = _command(code)
    return command_of(entry) is command if command else entry.raw.decode("utf-8", "replace").strip().endswith(code)


def _shown(code: str) -> str:
    command = _command(code)
    return forms(command) if command else code
