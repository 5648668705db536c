"""The full-screen face: a Textual application that paints the newest View and hands over entries; it decides nothing.

The work thread only sets a flag in the loop; the terminal's input thread only submits. One entry is one paint.
"""

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Sequence
from contextvars import Context, copy_context
from typing import ClassVar

os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"  # read when textual is imported: kitty's protocol rewrites every key

from msgspec.structs import replace
from textual import events
from textual.app import App, ComposeResult
from textual.filter import LineFilter
from textual.geometry import Size

from scanner_app.domain.capture.entry import Entry
from scanner_app.domain.clock import Stamp
from scanner_app.errors import DeviceError
from scanner_app.session.view.slot import Views
from screens.bell import Bell
from screens.countdown import is_counting
from screens.filter import CleanFilter
from screens.glass import Glass
from screens.keyboard import Keyboard
from screens.layout import paint
from screens.manner import Contrast, Manner
from screens.palette import palette
from screens.streams import of_terminal
from screens.terminal import RawTerminal

ECHO_DELAY_S = 0.05
TICK_S = 10.0
COUNTDOWN_S = 1.0
"""How often the screen is looked at while something in it counts down."""


class FaceApp(App[None]):
    """One Screen, one widget. Keys never arrive here; see ``terminal.py``."""

    CSS_PATH = "face.tcss"
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS: ClassVar[str | None] = None

    def __init__(
        self,
        views: Views,
        submit: Callable[[Entry], None],
        stamp: Callable[[], Stamp],
        *,
        entry_length_max: int,
        manner: Manner,
        shown: Callable[[], None] | None = None,
    ) -> None:
        contrast = Contrast.NONE if "NO_COLOR" in os.environ else manner.contrast
        super().__init__(driver_class=RawTerminal, ansi_color=True)
        self._views = views
        self._stamp = stamp
        self._shown = shown
        self._keyboard = Keyboard(submit, stamp, self._echo, entry_length_max, lambda: views.latest().turn)
        self._bell = Bell(manner, self._write, self._later)
        self._glass = Glass(palette(contrast))
        self._cleaner = CleanFilter()
        self._is_paint_due = False
        self._is_echo_due = False
        self._is_tick_due = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._paint_context: Context = copy_context()

    def compose(self) -> ComposeResult:
        yield self._glass

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), self._cleaner]

    def on_mount(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._paint_context = copy_context()
        if not self.is_headless:
            for number in (signal.SIGTERM, signal.SIGHUP):
                self._loop.add_signal_handler(number, self.exit)
        self.set_interval(TICK_S, self._paint)
        self._views.subscribe(self._published)
        self._paint()
        if self._shown is not None:
            self.call_after_refresh(self._shown)

    def on_resize(self, event: events.Resize) -> None:
        """The event knows the new size before the application does."""
        self._paint_at(event.size)

    def received(self, data: bytes) -> list[bytes]:
        """Bytes from the driver, in its thread."""
        return self._keyboard.received(data)

    def blank_from(self, y: int) -> int:
        return self._glass.blank_from(y)

    def hung_up(self) -> None:
        self._in_loop(self.exit)

    def drained(self) -> None:
        self.screen.refresh()
        self._glass.refresh()

    def _published(self) -> None:
        """In the work thread: at most one paint waits in the loop, and it takes the newest View."""
        if not self._is_paint_due:
            self._is_paint_due = True
            self._in_loop(self._paint_newest)

    def _echo(self) -> None:
        """In the input thread: what is typed shows a little later, unless its entry is answered before."""
        if not self._is_echo_due:
            self._is_echo_due = True
            self._in_loop(lambda: self._later(ECHO_DELAY_S, self._paint_echo))

    def _in_loop(self, call: Callable[[], None]) -> None:
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody looks any more
                self._loop.call_soon_threadsafe(call, context=self._paint_context)

    def _paint_newest(self) -> None:
        self._is_paint_due = False
        self._paint()

    def _paint_echo(self) -> None:
        self._is_echo_due = False
        self._paint()

    def _paint_tick(self) -> None:
        self._is_tick_due = False
        self._paint()

    def _paint(self) -> None:
        self._paint_at(self.size)

    def _paint_at(self, size: Size) -> None:
        view, now_us, typed = self._views.latest(), self._stamp().wall_us, self._keyboard.typed
        if self._keyboard.is_stale:
            typed, view = b"", replace(view, news=f"{view.chrome.cleared} {view.news}".rstrip())
        self._glass.show(paint(view, typed, size.width, size.height, now_us))
        if is_counting(view, now_us) and not self._is_tick_due:
            self._is_tick_due = True
            self._later(COUNTDOWN_S, self._paint_tick)
        self._bell.ring(view)
        if view.finished:
            self.exit()

    def _write(self, text: str) -> None:
        if self._driver is not None:
            self._driver.write(text)

    def _later(self, delay_s: float, call: Callable[[], None]) -> None:
        if self._loop is not None:
            self._loop.call_later(delay_s, call, context=self._paint_context)


def run_face(
    views: Views,
    submit: Callable[[Entry], None],
    stamp: Callable[[], Stamp],
    *,
    entry_length_max: int,
    manner: Manner,
    shown: Callable[[], None] | None = None,
) -> None:
    """Show the session until a View is ``finished``, a signal ends it or the terminal goes away.

    ``shown`` is called once, in the loop, when the first picture has been painted.

    Raises DeviceError if there is no terminal to paint on, or if the face itself breaks; what was submitted is not
    affected.
    """
    of_terminal()
    app = FaceApp(views, submit, stamp, entry_length_max=entry_length_max, manner=manner, shown=shown)
    app.run(mouse=False)
    if app.return_code:
        raise DeviceError("The screen stopped working. Start the program again; nothing scanned is lost.")
