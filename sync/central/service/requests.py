"""Request parsing: token, body and numbers, each read within bounds or refused by a trouble."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

import msgspec
from msgspec import Struct
from starlette.requests import Request

from scanner_app.domain.desk.asks import DeskRequest
from sync.central.events.decode import KEY_LENGTH_MAX, NUMBER_MAX, TEXT_LENGTH_MAX
from sync.central.exchange.troubles import TroubleError
from sync.central.service.compression import GZIP, told_size, unpacked
from sync.central.service.terms import Terms
from sync.central.service.waiting_line import Berth
from sync.central.sites.devices import NAME_LENGTH_MAX
from sync.protocol import (
    BACK_MAX,
    PROTOCOL,
    PROTOCOL_OLDEST,
    SIGNED_ON_MAX,
    EnrolRequest,
    ExchangeRequest,
    SignedOn,
)

ENROL_BYTES_MAX = 16 * 1024
"""A stranger's request is never longer."""
DESK_BYTES_MAX = 64 * 1024
"""What is asked at a desk is short: the longest ask names `HIDDEN_MAX` places."""
_SMALL_BYTES = 64 * 1024
_T = TypeVar("_T")


def token_of(request: Request) -> str:
    """Return the bearer token."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise TroubleError("no_token")
    return token.strip()


async def exchange_of(request: Request, terms: Terms, place: Berth) -> ExchangeRequest:
    """Return the body of an exchange, for which ``place`` has room; its events are not looked into."""
    asked = _decoded(await _body(request, terms, terms.body_bytes_max, place), ExchangeRequest)
    _refuse_protocol(asked.protocol)
    if len(asked.events) > terms.batch_events_max:
        raise TroubleError("too_many_events")
    if not _is_sane(asked):
        raise TroubleError("invalid")
    return asked


async def desk_request_of(request: Request, terms: Terms) -> DeskRequest:
    """Return what is asked at a desk; its texts and numbers fit the database."""
    asked = _decoded(await _body(request, terms, DESK_BYTES_MAX), DeskRequest)
    _refuse_protocol(asked.protocol)
    if not (_fits(asked) and _fits(asked.ask)):
        raise TroubleError("invalid")
    return asked


def _refuse_protocol(protocol: int) -> None:
    if protocol > PROTOCOL:
        raise TroubleError("protocol_newer")
    if 0 <= protocol < PROTOCOL_OLDEST:
        raise TroubleError("protocol_older")


def _fits(asked: Struct) -> bool:
    """Say whether the fields of a struct are texts of a sensible length and numbers that a database takes."""
    values = msgspec.structs.astuple(asked)
    texts = [value for value in values if isinstance(value, str)]
    numbers = [value for value in values if isinstance(value, int)]
    is_text = all(len(text) <= KEY_LENGTH_MAX and "\0" not in text for text in texts)
    return is_text and all(0 <= number < NUMBER_MAX for number in numbers)


async def enrolment_of(request: Request, terms: Terms) -> EnrolRequest:
    """Return the body of an enrolment."""
    asked = _decoded(await _body(request, terms, ENROL_BYTES_MAX), EnrolRequest)
    if not asked.name.strip() or not all(map(_is_plain, (asked.name, asked.program))) or not _is_text(asked):
        raise TroubleError("invalid")
    return asked


def number_of(request: Request, name: str, kind: Callable[[str], _T]) -> _T:
    """Return a number of the query, and be it infinite; 0 when it is not there."""
    try:
        number = kind(request.query_params.get(name, "0"))
    except ValueError as trouble:
        raise TroubleError("invalid") from trouble
    if number != number:  # noqa: PLR0124  only what is no number differs from itself
        raise TroubleError("invalid")
    return number


def _is_sane(asked: ExchangeRequest) -> bool:
    """Say whether the numbers of a request fit the database and its texts are of a sensible length."""
    numbers = (asked.cursor, asked.watermark_us, asked.rows_max, asked.protocol, asked.epoch, asked.waiting or 0)
    people = (*(asked.signed_on_all or ()), *([asked.signed_on] if asked.signed_on else ()))
    backs = (asked.back + 1, *asked.told)
    is_within = len(asked.told) <= BACK_MAX and len(people) <= SIGNED_ON_MAX + 1 and all(map(_is_name, people))
    return all(0 <= number < NUMBER_MAX for number in (*numbers, *backs)) and _is_plain(asked.program) and is_within


def _is_name(who: SignedOn) -> bool:
    return len(who.operator) <= TEXT_LENGTH_MAX and "\0" not in who.operator and abs(who.since_us) < NUMBER_MAX


def _is_text(asked: EnrolRequest) -> bool:
    return all("\0" not in text for text in (asked.code, asked.device, asked.token))


def _is_plain(text: str) -> bool:
    return len(text) <= NAME_LENGTH_MAX and text.isprintable()


async def _body(request: Request, terms: Terms, bytes_max: int, place: Berth | None = None) -> bytes:
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", GZIP):
        raise TroubleError("unknown_encoding")
    try:
        async with asyncio.timeout(terms.request_s_max) as patience:
            body = await _received(request, bytes_max, place, patience)
    except TimeoutError as late:
        raise TroubleError("too_slow") from late
    if encoding != GZIP:
        return body
    size = told_size(body, bytes_max)
    if place is not None:
        place.grow(size)
    if len(body) <= _SMALL_BYTES:
        return unpacked(body, size)
    return await asyncio.to_thread(unpacked, body, size)


async def _received(request: Request, bytes_max: int, place: Berth | None, patience: asyncio.Timeout) -> bytes:
    """Take in a body; ``place`` grows with it, and may be let go as long as it is coming."""
    body = bytearray()
    if place is not None:
        place.patience = patience
    try:
        async for part in request.stream():
            body += part
            if len(body) > bytes_max:
                raise TroubleError("too_large")
            if place is not None:
                place.grow(len(body))
    finally:
        if place is not None:
            place.patience = None
    return bytes(body)


def _decoded(body: bytes, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as trouble:
        raise TroubleError("invalid") from trouble
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as trouble:
        raise TroubleError("malformed") from trouble
