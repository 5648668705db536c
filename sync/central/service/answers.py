"""What the service answers: JSON when all is well, else the status, word and sentence of a trouble."""

from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from sync.central.troubles import TROUBLES, TroubleError
from sync.protocol import Trouble

_encode = msgspec.json.Encoder().encode
_HEADERS = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "1"}}


def ok(body: Any) -> Response:
    return Response(_encode(body), media_type="application/json")


def trouble(word: str) -> Response:
    """Return the answer to a trouble; ``word`` is a key of ``TROUBLES``."""
    status, sentence = TROUBLES[word]
    return Response(_encode(Trouble(word, sentence)), status, _HEADERS.get(status), "application/json")


async def _troubled(_request: Request, raised: Exception) -> Response:
    return trouble(raised.word if isinstance(raised, TroubleError) else "broken")


async def _lost(_request: Request, raised: Exception) -> Response:
    status = raised.status_code if isinstance(raised, HTTPException) else 500
    return trouble({404: "not_found", 405: "wrong_method"}.get(status, "malformed"))


async def _hung_up(_request: Request, _raised: Exception) -> Response:
    """A device that lost its network in the middle of a request is no fault of ours, and hears no answer."""
    return Response(status_code=400)


async def _broken(_request: Request, _raised: Exception) -> Response:
    return trouble("broken")


HANDLERS: dict[Any, Any] = {
    TroubleError: _troubled,
    HTTPException: _lost,
    ClientDisconnect: _hung_up,
    Exception: _broken,
}
"""What becomes of an exception that a request raised, by its class."""
