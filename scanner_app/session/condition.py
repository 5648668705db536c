"""The condition of the device: link, exchange, queue, scanner and time, whatever is asked. The work thread owns it."""

from collections.abc import Iterator

from scanner_app.session.session import Session
from scanner_app.session.view.view import Line, Link, Pull, Scanner, StatusLine
from scanner_app.workflows.inquiry import phrases as inquiry_phrases
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.shift import status_phrases as say

PULL_ROWS_MIN = 2_000
"""Fewer are not worth a word, unless the site is fetched for the first time."""
PULL_STEPS = 50
"""A pull changes the picture so often at most: each change is painted."""
_LINKS = {
    Link.NEVER: say.LINK_NEVER,
    Link.CONNECTING: say.LINK_CONNECTING,
    Link.ONLINE: say.LINK_ONLINE,
    Link.OFFLINE: say.LINK_OFFLINE,
    Link.REFUSED: say.LINK_REFUSED,
}
_DOWN = frozenset({Link.OFFLINE, Link.REFUSED})


class Condition:
    """``set_link`` and ``set_scanner`` are told; the rest is asked of the session and its store."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._link = Link.NEVER
        self._trouble: Said | None = None
        self._since_us = 0
        self._scanner = Scanner.NONE
        self._scanner_name = ""
        self._pulled_from: int | None = None

    def set_link(self, link: Link, trouble: Said | None) -> None:
        """Note how the link is, and why it is down; since when is the last exchange, or when it broke."""
        if link is Link.ONLINE:
            self._since_us = 0
        elif link in _DOWN and not self._since_us:
            was_up = self._link is Link.ONLINE
            self._since_us = (
                self._session.tools.stamp().wall_us if was_up else self._session.store.identity.exchanged_us
            )
        self._link, self._trouble = link, trouble if link in _DOWN else None

    def set_scanner(self, scanner: Scanner, name: str) -> None:
        self._scanner, self._scanner_name = scanner, name

    def status(self) -> StatusLine:
        """The condition as faces show it, in the language of the operator."""
        session = self._session
        return StatusLine(
            link=self._link,
            exchanged_us=session.store.identity.exchanged_us,
            waiting=session.store.journal.waiting,
            operator=session.who.name,
            trouble=session.language.said(self._trouble) if self._trouble else "",
            since_us=self._since_us,
            scanner=self._scanner,
            scanner_name=self._scanner_name,
            local_us=session.clock.local_us(),
            pull=self._pull(),
            held=session.store.journal.held(session.who.operator),
            elsewhere=session.company.devices(session.who),
        )

    def _pull(self) -> Pull | None:
        """How far a pull has come: versions of the site stand for rows, since each row has one."""
        identity = self._session.store.identity
        cursor, version = identity.position.cursor, identity.site_version
        has_many = version - cursor >= PULL_ROWS_MIN or self._pulled_from is not None
        if cursor >= version or (identity.is_whole and not has_many):
            self._pulled_from = None
            return None
        if self._pulled_from is None:
            self._pulled_from = cursor if identity.is_whole else 0
        expected = version - self._pulled_from
        step = max(1, expected // PULL_STEPS)
        return Pull((cursor - self._pulled_from) // step * step, expected, is_first=not identity.is_whole)

    def lines(self, status: StatusLine) -> tuple[Line, ...]:
        """The condition in words, the most urgent first."""
        device = self._session.store.identity.enrolment
        return (
            *self._link_lines(status),
            *self._queue_lines(status),
            *self._pull_lines(status),
            self._line(say.L_SCANNER, self._scanner_words(status)),
            *([Line(status.elsewhere, self._words(say.L_ALSO_AT))] if status.elsewhere else []),
            self._line(say.L_TIME, self._session.clock.words(self._session.tools.stamp().wall_us)),
            Line(self._session.tools.program, self._words(say.L_PROGRAM), is_sentence=True),
            self._line(say.L_DEVICE, device.name or device.device if device else ""),
        )

    def _link_lines(self, status: StatusLine) -> Iterator[Line]:
        yield self._line(say.L_LINK, self._words(_LINKS[status.link]))
        if status.trouble:
            yield Line(status.trouble, is_sentence=True)
        exchanged = self._session.clock.words(status.exchanged_us) if status.exchanged_us else ""
        yield self._line(say.L_EXCHANGED, exchanged or self._words(inquiry_phrases.NEVER))

    def _queue_lines(self, status: StatusLine) -> Iterator[Line]:
        yield self._line(say.L_WAITING, f"{status.waiting:,}" if status.waiting else self._words(say.ALL_SENT))
        if status.waiting and status.since_us:
            time = self._session.clock.words(status.since_us)
            yield Line(self._words(say.SINCE, time=time), is_sentence=True)
        if status.waiting:
            yield Line(self._words(say.NOTHING_LOST), is_sentence=True)
        if status.held:
            yield self._line(say.L_CAME_BACK, f"{status.held:,}")
            yield Line(self._words(say.LOOK_AT_TODAY), is_sentence=True)

    def _pull_lines(self, status: StatusLine) -> Iterator[Line]:
        if status.pull is None:
            return
        pull = status.pull
        yield self._line(say.L_FETCHED, f"{pull.done * 100 // pull.expected} %")
        yield Line(self._words(say.FETCHING_SITE if pull.is_first else say.FETCHING), is_sentence=True)

    def _scanner_words(self, status: StatusLine) -> str:
        if status.scanner is Scanner.NONE:
            return self._words(say.KEYBOARD_ONLY)
        is_ready = status.scanner is Scanner.READY
        return self._words(say.SCANNER_READY if is_ready else say.SCANNER_LOST, name=status.scanner_name)

    def _line(self, label: Phrase, text: str) -> Line:
        return Line(text, self._words(label))

    def _words(self, phrase: Phrase, **arguments: str) -> str:
        return self._session.language.words(phrase, arguments)
