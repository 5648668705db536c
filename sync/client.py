"""The HTTP client: messages of the protocol to the centre and back; what goes wrong is a value or one of our errors.

The HTTP library is imported when the first client is made, never on the way to the first prompt.
"""

import socket
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from scanner_app.config import Sync
from scanner_app.errors import BusyError, LinkError, OutdatedError, RefusedError, StrangerError
from scanner_app.store.identity import Enrolment
from sync.protocol import EnrolAnswer, EnrolRequest, ExchangeAnswer, ExchangeRequest, News
from sync.trouble import Rejected, Trouble, pause_asked_s, trouble_of

if TYPE_CHECKING:
    import httpx2

_CONNECTED = frozenset({"connection.connect_tcp.complete", "connection.start_tls.complete"})
_OUTDATED = 426
_BUSY = frozenset({429, 503})
_UNREAD = frozenset({400, 415})
"""What a centre says that cannot unpack a request: an older one than answered last."""
_GZIP = "gzip"
_PACKED_BYTES_MIN = 16 * 1024
_encode = msgspec.json.Encoder().encode
_answer = msgspec.json.Decoder(ExchangeAnswer)
_news = msgspec.json.Decoder(News)
_enrol = msgspec.json.Decoder(EnrolAnswer)
T = TypeVar("T")


class _Said(msgspec.Struct):
    """As much as can be read of the body that comes with a trouble; a proxy's body may be anything."""

    error: str = ""
    sentence: str = ""


class Client:
    """One connection to the centre, for one thread; only ``abort`` may be called from another."""

    def __init__(self, url: str, token: str, settings: Sync) -> None:
        self._http = _opened(url, token, settings)
        self._socket: socket.socket | None = None
        self._is_aborted = False
        self._takes_gzip = False

    def exchange(self, request: ExchangeRequest) -> ExchangeAnswer | Rejected:
        """Push and pull once.

        Raises:
            LinkError: no answer, or one that says: try again.
            RefusedError: the centre will not talk to this device.
        """
        response = self._posted("/v1/exchange", _encode(request))
        if trouble_of(response.status_code) is Trouble.REJECTED:
            return Rejected(_said(response).error or f"http_{response.status_code}")
        return _read(response, _answer)

    def news(self, after: int, wait_s: int) -> int:
        """Wait until the site is past version ``after``; return its version, newer or not.

        Raises:
            LinkError: no answer, or one that says: try again.
            RefusedError: the centre will not talk to this device.
        """
        return _read(self._asked("GET", "/v1/news", params={"after": after, "wait": wait_s}), _news).version

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        """Turn a one-time code into a device with a token.

        Raises:
            LinkError: no answer, or one that says: try again.
            RefusedError: the code is not good.
        """
        response = self._asked("POST", "/v1/enrol", content=_encode(request))
        if trouble_of(response.status_code) is Trouble.REJECTED:
            raise RefusedError(_sentence(response))
        return _read(response, _enrol)

    def is_healthy(self) -> bool:
        """Say whether what answers says that it is well.

        Raises:
            LinkError: nothing answers.
        """
        return self._asked("GET", "/health").status_code == 200

    def abort(self) -> None:
        """End what is under way, now and for good; the thread that waits for it gets a LinkError."""
        self._is_aborted = True
        if self._socket is not None:
            _cut(self._socket)

    def close(self) -> None:
        self._http.close()

    def _posted(self, path: str, body: bytes) -> "httpx2.Response":
        """Send a large body compressed to a centre that has said that it takes that (RFC 9110, 12.5.3)."""
        if self._takes_gzip and len(body) >= _PACKED_BYTES_MIN:
            response = self._asked("POST", path, content=_packed(body), headers={"Content-Encoding": _GZIP})
            if response.status_code not in _UNREAD:
                return response
            self._takes_gzip = False
        response = self._asked("POST", path, content=body)
        self._takes_gzip = _GZIP in response.headers.get("accept-encoding", "")
        return response

    def _asked(self, method: str, path: str, **what: Any) -> "httpx2.Response":
        import httpx2

        if self._is_aborted:
            raise LinkError("The exchange with the centre was broken off.")
        try:
            return self._http.request(method, path, extensions={"trace": self._trace}, **what)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            raise LinkError(f"The centre does not answer ({error or type(error).__name__}).") from error

    def _trace(self, name: str, info: dict[str, Any]) -> None:
        """Keep hold of the socket, so that ``abort`` can end a wait."""
        if name in _CONNECTED:
            self._socket = info["return_value"].get_extra_info("socket")
            if self._is_aborted and self._socket is not None:
                _cut(self._socket)


def enrol(url: str, code: str, name: str, program: str, settings: Sync, *, device: str = "") -> EnrolAnswer:
    """Enrol this device at the centre; ``device`` is the id as which it was enrolled before, if it was.

    Raises:
        LinkError: no answer, or one that says: try again.
        RefusedError: the code is not good.
    """
    client = Client(url, "", settings)
    try:
        return client.enrol(EnrolRequest(code=code, name=name, program=program, device=device))
    finally:
        client.close()


def is_healthy(url: str) -> bool:
    """Say whether a centre answers at ``url``, within a few seconds."""
    try:
        client = Client(url, "", Sync(connect_timeout_s=2, answer_timeout_s=5))
    except LinkError:
        return False
    try:
        return client.is_healthy()
    except LinkError:
        return False
    finally:
        client.close()


def connected(enrolment: Enrolment, settings: Sync) -> Client:
    """A client for an enrolled device; the address in the configuration wins over the one it was enrolled at."""
    return Client(settings.url or enrolment.url, enrolment.token, settings)


def _opened(url: str, token: str, settings: Sync) -> "httpx2.Client":
    """An HTTP client of one connection that trusts what the system trusts and follows nobody elsewhere."""
    import httpx2

    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    timeout = httpx2.Timeout(float(settings.answer_timeout_s), connect=float(settings.connect_timeout_s))
    limits = httpx2.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=60.0)
    try:
        return httpx2.Client(
            base_url=url, headers=headers, verify=_trust(url), trust_env=False, timeout=timeout, limits=limits
        )
    except (httpx2.InvalidURL, OSError) as error:
        raise LinkError(f"The address {url} cannot be used ({error}).") from error


def _packed(body: bytes) -> bytes:
    import gzip

    return gzip.compress(body, compresslevel=1, mtime=0)


def _trust(url: str) -> Any:
    """The system's certificates (also a warehouse's own), loaded only where there is something to verify."""
    if not url.startswith("https:"):
        return False
    import ssl

    return ssl.create_default_context()


def _read(response: "httpx2.Response", decoder: msgspec.json.Decoder[T]) -> T:
    if response.status_code != 200:
        if trouble_of(response.status_code) is Trouble.REFUSED:
            raise (OutdatedError if response.status_code == _OUTDATED else RefusedError)(_sentence(response))
        raise _later(response)
    try:
        return decoder.decode(response.content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise StrangerError("What answers there is not the centre, or a newer one; look at the address.") from error


def _later(response: "httpx2.Response") -> LinkError:
    """Try again; and where the centre has too much to do, not before it says so."""
    headers = response.headers
    pause_s = pause_asked_s(headers.get("retry-after", ""), headers.get("date", ""))
    if response.status_code in _BUSY and pause_s > 0:
        return BusyError(_sentence(response), pause_s)
    return LinkError(_sentence(response))


def _said(response: "httpx2.Response") -> _Said:
    try:
        return msgspec.json.decode(response.content, type=_Said)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _Said()


def _sentence(response: "httpx2.Response") -> str:
    return _said(response).sentence or f"The centre answers with status {response.status_code}."


def _cut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
