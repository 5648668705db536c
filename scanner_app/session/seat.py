"""A seat: the place of one session at the work thread. Entries go in from any thread, the newest View comes out."""

from collections.abc import Callable, Sequence
from functools import partial

from msgspec.structs import replace

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.capture.reader_state import ReaderTold
from scanner_app.domain.desk.heard import Heard, line_of
from scanner_app.session.centre.asking import Asked
from scanner_app.session.condition import Condition
from scanner_app.session.desk import Desk
from scanner_app.session.entries.answering import Answering, Unanswered
from scanner_app.session.lock import idle_left_us, lock_if_idle
from scanner_app.session.view.slot import Slot
from scanner_app.session.view.view import Tone, View
from scanner_app.session.way import Way
from scanner_app.workflows.shift.status import STATUS

Queue = Callable[["Seat", Sequence[Entry]], None]
"""Puts entries in line for the work thread."""
Call = Callable[[Callable[[], None]], object]
"""Has something done in the work thread."""


class Seat:
    """Feed it with ``submit``; read ``views``. The scanner belongs to it, the link to the device."""

    def __init__(self, desk: Desk, way: Way, queue: Queue, call: Call) -> None:
        self._desk = desk
        self._session = desk.session
        self._queue = queue
        self._call = call
        self._answering: Answering = Unanswered()
        self._condition = Condition(desk.session, way)
        self._revision = 0
        self._handled = 0
        self._is_asking = False
        self._has_failed = False
        self.views = Slot(self._picture())
        self._note_shown()

    def submit(self, entry: Entry) -> None:
        self._queue(self, (entry,))

    def submit_many(self, entries: Sequence[Entry]) -> None:
        self._queue(self, entries)

    def handled(self) -> int:
        """How many entries of the terminal have been dealt with and committed."""
        return self._handled

    def is_asking(self) -> bool:
        """Whether a reply of the centre is waited for, since the entries that have been dealt with."""
        return self._is_asking

    def tell_reader(self, told: ReaderTold) -> None:
        """Show how a reader beside the keyboard is now."""
        self._call(partial(self._condition.tell_reader, told))

    def answer_through(self, answering: Answering) -> None:
        """Tell somebody from now on what becomes of entries; before the first of those who are to be answered."""
        self._answering = answering

    def reach(self, ask: Callable[[Asked, Callable[[Heard], None]], None]) -> None:
        """Ask the centre through somebody from now on, who takes an ask at once and tells what was heard later."""
        self._desk.asking.connect(lambda asked: ask(asked, self._hear))

    def _hear(self, heard: Heard) -> None:
        """In the thread of whoever asked: a reply is an entry like any other."""
        self.submit(Entry(line_of(heard), Source.CENTRE, self._session.tools.stamp()))

    def take(self, entries: Sequence[Entry]) -> None:
        """Have the desk take entries, and show what became of them. This and what follows: in the work thread."""
        self._session.notices.was_read()
        self._session.company.was_read()
        self._session.came_back.heard(entries, is_halted=self._session.play.halted)
        begun = self._answering.begun(entries)
        self._desk.take(begun)
        self._answering.judged(entries, self._desk.effects.outcomes)
        self.views.hold(self._picture())
        self._is_asking = self._desk.asking.is_waiting
        self._handled += sum(entry.source is not Source.CENTRE and not entry.reader for entry in entries)
        self.views.tell()
        self._desk.asking.hand_out()
        self._note_shown()

    def idle_left_us(self) -> int | None:
        """How long until the session locks; None when it will not."""
        return idle_left_us(self._session, self._session.tools.stamp())

    @property
    def waits(self) -> bool:
        """Whether the question at work is to be looked at again soon."""
        question = self._session.play.question
        return question is not None and question.waits

    def lock_if_idle(self) -> bool:
        """Lock the session if nobody has touched it for long, and show it; say whether it was."""
        is_locked = lock_if_idle(self._session, self._session.tools.stamp())
        if is_locked:
            self.show()
        return is_locked

    def show(self) -> None:
        self.views.put(self._picture())
        self._note_shown()

    def show_changes(self) -> None:
        """After something else than an entry: a face need not look again at what it shows already."""
        self._desk.hear_news()
        shown, picture = self.views.latest(), self._picture()
        if replace(picture, revision=shown.revision) != shown:
            self.views.put(picture)
            self._note_shown()
        self._desk.asking.hand_out()

    def fail(self) -> None:
        """Let the face end: the store can no longer be written."""
        self._has_failed = True
        self.views.put(replace(self.views.latest(), revision=self._revision + 1, finished=True))

    def _note_shown(self) -> None:
        self._desk.shown(self._session.tools.stamp())

    def _picture(self) -> View:
        self._revision += 1
        session, status = self._session, self._condition.status()
        finished = session.finished or self._has_failed
        view = replace(self._desk.view(), revision=self._revision, status=status, finished=finished)
        if session.play.script is STATUS and not view.listed:
            view = replace(view, listed=self._condition.lines(status))
        view = replace(view, lines=(*self._condition.also_at(status), *view.lines))
        return view if view.halted else self._with_news(view)

    def _with_news(self, view: View) -> View:
        """Say what the operator has not read yet, behind what is said of the last entry."""
        session = self._session
        news = (*session.notices.unread(), *session.company.news(session.who))
        texts = (view.news, *(session.language.said(said) for said in news))
        back = session.came_back.news(session.who, is_free=session.is_free)
        told = " ".join(session.language.said(said) for said in back)
        is_good = all(said.tone == Tone.GOOD.value for said in back)
        tone = Tone.GOOD if back and is_good else Tone.BAD
        return replace(view, news=" ".join(filter(None, texts)), back=told, back_tone=tone)
