"""What a request says: its token, its body and its numbers, each read within bounds or refused by a trouble."""

from collections.abc import Callable
from typing import TypeVar

import msgspec
from starlette.requests import Request

from sync.central.devices import NAME_LENGTH_MAX
from sync.central.troubles import TroubleError
from sync.protocol import BODY_BYTES_MAX, EVENTS_MAX, PROTOCOL, EnrolRequest, ExchangeRequest

_T = TypeVar("_T")


def token_of(request: Request) -> str:
    """Return the bearer token."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise TroubleError("no_token")
    return token.strip()


async def exchange_of(request: Request) -> ExchangeRequest:
    """Return the body of an exchange; its events are not looked into."""
    asked = _decoded(await _body(request), ExchangeRequest)
    if asked.protocol > PROTOCOL:
        raise TroubleError("protocol_newer")
    if len(asked.events) > EVENTS_MAX:
        raise TroubleError("too_many_events")
    if not _is_sane(asked):
        raise TroubleError("invalid")
    return asked


async def enrolment_of(request: Request) -> EnrolRequest:
    """Return the body of an enrolment."""
    asked = _decoded(await _body(request), EnrolRequest)
    if not asked.name.strip() or not _is_plain(asked.name) or not _is_plain(asked.program):
        raise TroubleError("invalid")
    return asked


def number_of(request: Request, name: str, kind: Callable[[str], _T]) -> _T:
    """Return a number of the query; 0 when it is not there."""
    try:
        return kind(request.query_params.get(name, "0"))
    except ValueError as trouble:
        raise TroubleError("invalid") from trouble


def _is_sane(asked: ExchangeRequest) -> bool:
    """Say whether the numbers of a request fit the database and its texts are of a sensible length."""
    numbers = (asked.cursor, asked.watermark_us, asked.rows_max, asked.protocol, asked.epoch)
    return all(0 <= number < 2**62 for number in numbers) and _is_plain(asked.program)


def _is_plain(text: str) -> bool:
    return len(text) <= NAME_LENGTH_MAX and text.isprintable()


async def _body(request: Request) -> bytes:
    whole = bytearray()
    async for part in request.stream():
        whole += part
        if len(whole) > BODY_BYTES_MAX:
            raise TroubleError("too_large")
    return bytes(whole)


def _decoded(body: bytes, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as trouble:
        raise TroubleError("invalid") from trouble
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as trouble:
        raise TroubleError("malformed") from trouble
