"""Views as lines of text: what changed, in words, every line cleaned and flushed at once."""

import errno
import os
from collections.abc import Sequence

from scanner_app.session.view.view import Line, Scanner, Told, Tone, View
from screens.clean import clean
from screens.echo import LineTerminal
from screens.messages import SYMBOLS

PAGE_LINES = 20
_NOBODY_READS = frozenset((errno.EPIPE, errno.EIO, errno.EBADF))


class Printer:
    """Remembers what it printed, so that a view which only tells news of the link prints nothing."""

    def __init__(self, stdout_fd: int, terminal: LineTerminal, encoding: str) -> None:
        self._fd = stdout_fd
        self._encoding = encoding
        self._terminal = terminal
        self._told = 0
        self._news = ""
        self._back = ""
        self._facts: tuple[Line, ...] = ()
        self._painted: tuple[object, ...] = ()
        self._is_scanner_lost = False
        self.lost: OSError | None = None
        """Why something could not be written, unless it is that nobody reads any more."""

    def told(self, told: Sequence[Told]) -> None:
        """What was said, each once and in order, however many entries were taken together.

        What was done before this run stands there without its sign: whoever counts results has counted it.
        """
        for one in told:
            if one.number > self._told:
                self._told = one.number
                is_counted = one.is_of_before and one.message.tone is Tone.GOOD
                self.say(("  " if is_counted else SYMBOLS[one.message.tone]) + one.message.text)

    def news(self, view: View) -> None:
        """What the device has to tell, once."""
        if view.news and view.news != self._news:
            self.say(SYMBOLS[Tone.ATTENTION] + view.news)
        self._news = view.news
        if view.back and view.back != self._back:
            self.say(SYMBOLS[view.back_tone] + view.back)
        self._back = view.back

    def alarm(self, view: View) -> None:
        """A scanner that is gone, once: a full screen shows it for as long as it lasts."""
        is_lost = view.status.scanner is Scanner.LOST
        if is_lost and not self._is_scanner_lost:
            self.say(f"! {view.chrome.no_scanner} {view.status.scanner_name}".rstrip())
        self._is_scanner_lost = is_lost

    def whole(self, view: View) -> None:
        """News, the facts that are new, a page of the list, how to go on after a mistake, the prompt."""
        picture = (view.counter, view.prompt, view.news, view.lines, view.listed, view.page, view.halted, view.back)
        if picture == self._painted:
            return
        self.news(view)
        for line in (*(line for line in view.lines if line not in self._facts), *self._page(view)):
            self.say(f"  {line.label}: {line.text}" if line.label else f"  {line.text}")
        if view.halted:
            self.say(f"  {view.hint}")
        self._painted = picture
        self._facts = view.lines
        self._prompt(view)

    def _page(self, view: View) -> tuple[Line, ...]:
        """So much of the list as can be listened to, when it is new or the next page was asked for."""
        if self._painted[4:6] == (view.listed, view.page):
            return ()
        start = view.page % max(1, -(-len(view.listed) // PAGE_LINES)) * PAGE_LINES
        after = len(view.listed) - start - PAGE_LINES
        more = (Line(view.chrome.more.format(count=after)),) if after > 0 else ()
        return view.listed[start : start + PAGE_LINES] + more

    def _prompt(self, view: View) -> None:
        """On a terminal the answer is typed behind it; a pipe gets a whole line."""
        self._terminal.echo(not view.secret)
        self._write(clean(view.prompt) + (" > " if self._terminal.is_terminal else " >\n"))

    def say(self, text: str) -> None:
        self._write(clean(text) + "\n")

    def _write(self, text: str) -> None:
        data = text.encode(self._encoding, "replace")
        try:
            while data:
                data = data[os.write(self._fd, data) :]
        except OSError as error:  # what comes in is still taken
            if error.errno not in _NOBODY_READS:
                self.lost = error
