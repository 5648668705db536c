"""The condition of the device, as the status of one session shows it: link, exchange, queue, scanner and time."""

from collections.abc import Iterator

from scanner_app.domain.capture.reader_state import ReaderState, ReaderTold, ReaderWhy
from scanner_app.session.session import Session
from scanner_app.session.view.view import Line, Link, Scanner, StatusLine
from scanner_app.session.way import Way
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.shift import status_phrases as say

_LINKS = {
    Link.NEVER: say.LINK_NEVER,
    Link.CONNECTING: say.LINK_CONNECTING,
    Link.ONLINE: say.LINK_ONLINE,
    Link.OFFLINE: say.LINK_OFFLINE,
    Link.REFUSED: say.LINK_REFUSED,
}
READERS = {
    ReaderWhy.NOTHING: say.SCANNER_READY,
    ReaderWhy.GONE: say.SCANNER_LOST,
    ReaderWhy.NOT_ALLOWED: say.READER_NOT_ALLOWED,
    ReaderWhy.IN_USE: say.READER_IN_USE,
    ReaderWhy.ALIKE: say.READER_ALIKE,
    ReaderWhy.MODEM: say.READER_MODEM,
    ReaderWhy.NO_DRIVER: say.READER_NO_PORT,
    ReaderWhy.NO_PORT: say.READER_NO_PORT,
    ReaderWhy.NOISE: say.READER_NOISE,
    ReaderWhy.UNENDED: say.READER_UNENDED,
    ReaderWhy.DEAF: say.READER_DEAF,
    ReaderWhy.ADDRESS: say.READER_ADDRESS,
}
"""How each reader is, in words."""


class Condition:
    """``tell_reader`` is told; the rest is asked of the session, its store, and the way to the centre."""

    def __init__(self, session: Session, way: Way) -> None:
        self._session = session
        self._way = way
        self._readers: dict[str, ReaderTold] = {}

    def tell_reader(self, told: ReaderTold) -> None:
        self._readers[told.reader] = told

    def _missing(self) -> list[str]:
        return [told.reader for told in self._readers.values() if told.state is not ReaderState.READY]

    def _scanner(self) -> Scanner:
        if not self._readers:
            return Scanner.NONE
        return Scanner.LOST if self._missing() else Scanner.READY

    def status(self) -> StatusLine:
        """The condition as faces show it, in the language of the operator."""
        session, way = self._session, self._way
        return StatusLine(
            link=way.link,
            exchanged_us=session.store.identity.exchanged_us,
            waiting=session.store.journal.waiting,
            operator=session.who.name,
            trouble=session.language.said(way.trouble) if way.trouble else "",
            since_us=way.since_us,
            scanner=self._scanner(),
            scanner_name=", ".join(self._missing() or self._readers),
            local_us=session.clock.local_us(),
            pull=way.pull(),
            held=session.store.journal.held(session.who.operator),
            elsewhere=session.company.devices(session.who),
        )

    def lines(self, status: StatusLine) -> tuple[Line, ...]:
        """The condition in words, the most urgent first."""
        device = self._session.store.identity.enrolment
        return (
            *self._link_lines(status),
            *self._queue_lines(status),
            *self._pull_lines(status),
            *self._reader_lines(),
            *self._company_lines(),
            self._line(say.L_TIME, self._session.clock.words(self._session.tools.stamp().wall_us)),
            Line(self._session.tools.program, self._words(say.L_PROGRAM), is_sentence=True),
            self._line(say.L_DEVICE, device.name or device.device if device else ""),
        )

    def _link_lines(self, status: StatusLine) -> Iterator[Line]:
        yield self._line(say.L_LINK, self._words(_LINKS[status.link]))
        if status.trouble:
            yield Line(status.trouble, is_sentence=True)
        exchanged = self._session.clock.words(status.exchanged_us) if status.exchanged_us else ""
        yield self._line(say.L_EXCHANGED, exchanged or self._words(labels.NEVER))

    def _queue_lines(self, status: StatusLine) -> Iterator[Line]:
        yield self._line(say.L_WAITING, f"{status.waiting:,}" if status.waiting else self._words(say.ALL_SENT))
        if status.waiting and status.since_us:
            time = self._session.clock.words(status.since_us)
            yield Line(self._words(say.SINCE, time=time), is_sentence=True)
        if status.waiting:
            is_refused = status.link is Link.REFUSED
            yield Line(self._words(say.KEPT if is_refused else say.NOTHING_LOST), is_sentence=True)
        if status.held:
            yield self._line(say.L_CAME_BACK, f"{status.held:,}")
            yield Line(self._words(say.LOOK_AT_TODAY), is_sentence=True)

    def _pull_lines(self, status: StatusLine) -> Iterator[Line]:
        if status.pull is None:
            return
        pull = status.pull
        yield self._line(say.L_FETCHED, f"{pull.done * 100 // pull.expected} %")
        yield Line(self._words(say.FETCHING_SITE if pull.is_first else say.FETCHING), is_sentence=True)

    def _company_lines(self) -> Iterator[Line]:
        """Where else the operator is signed on, and when that device was last heard of."""
        session = self._session
        for other in session.company.others(session.who):
            heard_us = session.company.heard_us(other)
            heard = session.clock.words(heard_us) if heard_us else ""
            yield self._line(say.L_ALSO_AT, f"{other.device} {heard}".rstrip())

    def also_at(self, status: StatusLine) -> tuple[Line, ...]:
        """Where else the operator is signed on, as a fact beside those of the work."""
        return (self._line(say.L_ALSO_AT, status.elsewhere),) if status.elsewhere else ()

    def _reader_lines(self) -> Iterator[Line]:
        """How each reader is; those that do not read first."""
        if not self._readers:
            yield self._line(say.L_SCANNER, self._words(say.KEYBOARD_ONLY))
        for told in sorted(self._readers.values(), key=lambda told: told.state is ReaderState.READY):
            yield self._line(say.L_SCANNER, self._words(READERS[told.why], name=told.reader))

    def _line(self, label: Phrase, text: str) -> Line:
        return Line(text, self._words(label))

    def _words(self, phrase: Phrase, **arguments: str) -> str:
        return self._session.language.words(phrase, arguments)
