"""HTTP responses: JSON when all is well, else the status, word and sentence of a trouble."""

import asyncio
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from sync.central.exchange.troubles import RETRY_AFTER_S, TROUBLES, TroubleError
from sync.central.service.access_log import notes_of
from sync.central.service.compression import GZIP, packed, takes_gzip
from sync.protocol import Trouble

JSON = "application/json"
_encode = msgspec.json.Encoder().encode
REFUSAL_S = 0.5
_HELD_BACK = frozenset({"too_many_requests", "too_many_at_once"})
"""Answered after a pause: whoever asks too often could else be refused as often as it likes, at everybody's cost."""
_BROKEN_OFF = frozenset({"too_slow", "too_large"})
"""Answered before the request was read to its end; what would still come of it is not waited for."""


def ok(body: Any) -> Response:
    return Response(_encode(body), media_type=JSON)


async def ok_packed(request: Request, body: Any, bytes_min: int) -> Response:
    """Answer with a body that may be large, compressed if it is and the other side takes that."""
    encoded = _encode(body)
    headers = {"Vary": "Accept-Encoding", "Accept-Encoding": GZIP}
    if len(encoded) >= bytes_min > 0 and takes_gzip(request.headers.get("accept-encoding", "")):
        encoded = await asyncio.to_thread(packed, encoded)
        headers["Content-Encoding"] = GZIP
    return Response(encoded, headers=headers, media_type=JSON)


def trouble(word: str, retry_after_s: int = 0) -> Response:
    """Return the answer to a trouble; ``word`` is a key of ``TROUBLES``."""
    status, sentence = TROUBLES[word]
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if pause_s := retry_after_s or RETRY_AFTER_S.get(status, 0):
        headers["Retry-After"] = str(pause_s)
    if word in _BROKEN_OFF:
        headers["Connection"] = "close"
    return Response(_encode(Trouble(word, sentence)), status, headers, JSON)


def _told(request: Request, word: str, retry_after_s: int = 0) -> Response:
    notes_of(request).trouble = word
    return trouble(word, retry_after_s)


async def _troubled(request: Request, raised: Exception) -> Response:
    if not isinstance(raised, TroubleError):
        return _told(request, "broken")
    if raised.word in _HELD_BACK:
        await asyncio.sleep(REFUSAL_S)
    return _told(request, raised.word, raised.retry_after_s)


async def _lost(request: Request, raised: Exception) -> Response:
    status, headers = (raised.status_code, raised.headers) if isinstance(raised, HTTPException) else (500, None)
    answer = _told(request, {404: "not_found", 405: "wrong_method"}.get(status, "malformed"))
    answer.headers.update(headers or {})
    return answer


async def _hung_up(_request: Request, _raised: Exception) -> Response:
    """A device that lost its network in the middle of a request is no fault of ours, and hears no answer."""
    return Response(status_code=400)


async def _broken(request: Request, _raised: Exception) -> Response:
    return _told(request, "broken")


HANDLERS: dict[Any, Any] = {
    TroubleError: _troubled,
    HTTPException: _lost,
    ClientDisconnect: _hung_up,
    Exception: _broken,
}
"""What becomes of an exception that a request raised, by its class."""
