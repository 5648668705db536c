"""The HTTP client: messages of the protocol to the centre and back; what goes wrong is a value or one of our errors.

The wire with its libraries is imported when the first client is made, in the thread that needs it.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import msgspec

from scanner_app.config import Sync
from scanner_app.domain.desk.asks import DeskRequest
from scanner_app.domain.desk.heard import LINE_BYTES_MAX
from scanner_app.domain.desk.replies import Refused, Reply, Why
from scanner_app.errors import BusyError, LinkError, OutdatedError, RefusedError, StrangerError
from scanner_app.store.identity import Enrolment
from sync.device.failure import Failure, Rejected, failure_of, pause_asked_s
from sync.protocol import EnrolAnswer, EnrolRequest, ExchangeAnswer, ExchangeRequest, News

if TYPE_CHECKING:
    from sync.device.wire import Response

_OUTDATED = 426
_BUSY = frozenset({429, 503})
_UNREAD = frozenset({400, 415})
"""What a centre says that cannot unpack a request: an older one than answered last."""
_GZIP = "gzip"
_PACKED_BYTES_MIN = 16 * 1024
_encode = msgspec.json.Encoder().encode
_answer = msgspec.json.Decoder(ExchangeAnswer)
_news = msgspec.json.Decoder(News)
_reply = msgspec.json.Decoder(Reply)
_NO_DESK = frozenset({404, 405})
_enrol = msgspec.json.Decoder(EnrolAnswer)
T = TypeVar("T")


class _Said(msgspec.Struct):
    """As much as can be read of the body that comes with a trouble; a proxy's body may be anything."""

    error: str = ""
    sentence: str = ""


class Client:
    """One connection to the centre, for one thread; only ``abort`` may be called from another."""

    def __init__(self, url: str, token: str, settings: Sync) -> None:
        from sync.device.wire import Wire

        self._wire = Wire(url, token, settings)
        self._takes_gzip = False

    def exchange(self, request: ExchangeRequest) -> ExchangeAnswer | Rejected:
        """Push and pull once.

        Raises:
            LinkError: no answer, or one that says: try again.
            RefusedError: the centre will not talk to this device.
        """
        return self.prepared(request)()

    def prepared(self, request: ExchangeRequest) -> Callable[[], ExchangeAnswer | Rejected]:
        """Make an exchange ready, also while another is under way; what is returned does it."""
        body = _encode(request)
        packed = _packed(body) if self._takes_gzip and len(body) >= _PACKED_BYTES_MIN else b""
        return partial(self._exchanged, body, packed)

    def _exchanged(self, body: bytes, packed: bytes) -> ExchangeAnswer | Rejected:
        answer = self._posted("/v1/exchange", body, packed)
        if failure_of(answer.status) is Failure.REJECTED:
            return Rejected(_said(answer).error or f"http_{answer.status}")
        return _read(answer, _answer)

    def news(self, after: int, wait_s: int) -> int:
        """Wait until the site is past version ``after``; return its version, newer or not.

        Raises:
            LinkError: no answer, or one that says: try again.
            RefusedError: the centre will not talk to this device.
        """
        return _read(self._wire.ask("GET", f"/v1/news?after={after}&wait={wait_s}"), _news).version

    def desk(self, request: DeskRequest) -> Reply:
        """Ask at the desk of the centre; one that has none yet refuses.

        Raises:
            LinkError: no answer, or one that says: try again.
            RefusedError: the centre will not talk to this device.
        """
        answer = self._wire.ask("POST", "/v1/desk", _encode(request), bytes_max=LINE_BYTES_MAX)
        return Refused(why=Why.TOO_OLD) if answer.status in _NO_DESK else _read(answer, _reply)

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        """Turn a one-time code into a device with a token.

        Raises:
            LinkError: no answer, or one that says: try again.
            RefusedError: the code is not good.
        """
        answer = self._wire.ask("POST", "/v1/enrol", _encode(request))
        if failure_of(answer.status) is Failure.REJECTED:
            raise RefusedError(_sentence(answer))
        return _read(answer, _enrol)

    def greet(self) -> None:
        """Find out whether it is a centre that answers: without a token it says so in its own words, and does nothing.

        By an address that devices use: a proxy passes on no other.

        Raises:
            LinkError: nothing answers, or something else, or a centre that is not well.
        """
        answer = self._wire.ask("GET", "/v1/news")
        is_at_work = answer.status == 200 or failure_of(answer.status) is Failure.REFUSED
        if not is_at_work or not (answer.status == 200 or _said(answer).error):
            raise LinkError(_sentence(answer))

    def abort(self) -> None:
        """End what is under way, now and for good; the thread that waits for it gets a LinkError."""
        self._wire.abort()

    def close(self) -> None:
        self._wire.close()

    def _posted(self, path: str, body: bytes, packed: bytes) -> "Response":
        """Send a large body compressed to a centre that has said that it takes that (RFC 9110, 12.5.3)."""
        if packed and self._takes_gzip:
            answer = self._wire.ask("POST", path, packed, packing=_GZIP)
            if answer.status not in _UNREAD:
                return answer
            self._takes_gzip = False
        answer = self._wire.ask("POST", path, body)
        self._takes_gzip = _GZIP in answer.headers.get("accept-encoding", "")
        return answer


def enrol(url: str, request: EnrolRequest, settings: Sync) -> EnrolAnswer:
    """Enrol this device at the centre.

    Raises:
        LinkError: no answer, or one that says: try again.
        RefusedError: the code is not good, or the name is taken.
    """
    client = Client(url, "", settings)
    try:
        return client.enrol(request)
    finally:
        client.close()


def trouble_at(url: str) -> str:
    """What keeps a centre from answering at ``url``, within a few seconds; empty when one does."""
    try:
        client = Client(url, "", Sync(connect_timeout_s=2, answer_timeout_s=5))
    except LinkError as error:
        return str(error)
    try:
        client.greet()
    except LinkError as error:
        return str(error)
    else:
        return ""
    finally:
        client.close()


def connected(enrolment: Enrolment, settings: Sync) -> Client:
    """A client for an enrolled device; the address in the configuration wins over the one it was enrolled at.

    Raises:
        RefusedError: the configuration names another host than the one that gave the token.
    """
    return Client(address(enrolment, settings), enrolment.token, settings)


def address(enrolment: Enrolment, settings: Sync) -> str:
    """Where the centre is. The token belongs to the host that gave it: a configuration alone sends it to no other.

    Raises:
        RefusedError: the configuration names another host.
    """
    if settings.url and urlsplit(settings.url).hostname != urlsplit(enrolment.url).hostname:
        raise RefusedError(
            f"This device was enrolled at {enrolment.url}, and [sync] url names {settings.url}, which would get "
            f"its token. Correct that, or, if the centre has moved there: scanner moved {settings.url}"
        )
    return settings.url or enrolment.url


def _packed(body: bytes) -> bytes:
    import gzip

    return gzip.compress(body, compresslevel=1, mtime=0)


def _read(answer: "Response", decoder: msgspec.json.Decoder[T]) -> T:
    if answer.status != 200:
        if failure_of(answer.status) is Failure.REFUSED:
            raise (OutdatedError if answer.status == _OUTDATED else RefusedError)(_sentence(answer))
        raise _later(answer)
    try:
        return decoder.decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise StrangerError("What answers there is not the centre, or a newer one; look at the address.") from error


def _later(answer: "Response") -> LinkError:
    """Try again; and where the centre has too much to do, not before it says so."""
    headers = answer.headers
    pause_s = pause_asked_s(headers.get("retry-after", ""), headers.get("date", ""))
    if answer.status in _BUSY and pause_s > 0:
        return BusyError(_sentence(answer), pause_s)
    return LinkError(_sentence(answer))


def _said(answer: "Response") -> _Said:
    try:
        return msgspec.json.decode(answer.body, type=_Said)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _Said()


def _sentence(answer: "Response") -> str:
    return _said(answer).sentence or f"The centre answers with status {answer.status}."
