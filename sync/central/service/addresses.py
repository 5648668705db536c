"""Routes: the addresses of the service, as a table: what each takes, what it gives, what it may answer instead."""

from enum import StrEnum
from typing import Any, NamedTuple

from msgspec import Struct

from scanner_app.domain.desk.asks import DeskRequest
from scanner_app.domain.desk.replies import Reply
from sync.central.connectors.ledger_feed import PAGE_ROWS, PAGE_ROWS_MAX, PostingsPage
from sync.protocol import NEWS_WAIT_S_MAX, EnrolAnswer, EnrolRequest, ExchangeAnswer, ExchangeRequest, News

OTHER = "other"
"""Name of every address that is not in the table."""


class Health(Struct, frozen=True):
    health: str = "ok"


class Ready(Struct, frozen=True):
    ready: str = "yes"


class Shows(StrEnum):
    """What a request has to show: nothing, the token of a device, or one that may only read."""

    NOTHING = "nothing"
    DEVICE = "device"
    READER = "reader"


class Query(NamedTuple):
    """A parameter of the query; all of them may be left out. ``kind`` is a type of JSON schema."""

    name: str
    kind: str
    about: str


class Address(NamedTuple):
    """``gives`` of None is a text or a document of its own; ``troubles`` are words of ``TROUBLES``."""

    name: str
    method: str
    path: str
    about: str
    takes: type[Struct] | None = None
    gives: Any = None
    media: str = "application/json"
    shows: Shows = Shows.NOTHING
    query: tuple[Query, ...] = ()
    troubles: tuple[str, ...] = ()


_BODY = ("malformed", "too_slow", "too_large", "unknown_encoding", "invalid")
_DEVICE = ("no_token", "unknown_token", "too_many_requests", "store_busy")

ADDRESSES = (
    Address(
        "exchange",
        "POST",
        "/v1/exchange",
        "Push events and pull rows, in one exchange. Every event gets an answer of its own, in the order sent. The "
        "same request may be sent again at any time: an event that is known by its id is answered as before.",
        takes=ExchangeRequest,
        gives=ExchangeAnswer,
        shows=Shows.DEVICE,
        troubles=(*_BODY, *_DEVICE, "too_many_at_once", "too_many_events", "protocol_newer", "protocol_older", "busy"),
    ),
    Address(
        "news",
        "GET",
        "/v1/news",
        "Wait until the site is past a version, and hear the version it is at.",
        gives=News,
        shows=Shows.DEVICE,
        query=(
            Query("after", "integer", "The version that the device has."),
            Query("wait", "number", f"How long to wait for a newer one, in seconds; at most {NEWS_WAIT_S_MAX}."),
        ),
        troubles=(*_DEVICE, "invalid", "revoked"),
    ),
    Address(
        "enrol",
        "POST",
        "/v1/enrol",
        "Turn a one-time code into a device with a token, which is told this once. Each host that asks has a rate of "
        "its own, and all of them together another one.",
        takes=EnrolRequest,
        gives=EnrolAnswer,
        troubles=(*_BODY, "wrong_code", "name_taken", "too_many_requests", "store_busy"),
    ),
    Address(
        "desk",
        "POST",
        "/v1/desk",
        "Ask what waits for somebody to decide it, and for devices and people; and order what changes these. The "
        "operator must be of the site and have the right *decide*. A no is an answer, too: it says why. An order is "
        "carried out once, however often it comes, and only over https or from the centre's own machine.",
        takes=DeskRequest,
        gives=Reply,
        shows=Shows.DEVICE,
        troubles=(*_BODY, *_DEVICE, "protocol_newer", "protocol_older"),
    ),
    Address(
        "postings",
        "GET",
        "/v1/postings",
        "Read the ledger of the token's site in the order it was written, page after page. Keep the cursor together "
        "with what was taken over, and every posting is taken over once; else know it again by its id.",
        gives=PostingsPage,
        shows=Shows.READER,
        query=(
            Query("site", "string", "The site; only to make sure that the token is for the one that is meant."),
            Query("after", "string", "The cursor of the page before; without it, from the first posting."),
            Query("limit", "integer", f"Most postings of a page, {PAGE_ROWS} if left out, at most {PAGE_ROWS_MAX}."),
        ),
        troubles=("no_token", "unknown_reader", "wrong_site", "invalid", "too_many_requests", "store_busy"),
    ),
    Address("health", "GET", "/health", "Say that the process is alive.", gives=Health),
    Address(
        "ready",
        "GET",
        "/ready",
        "Say whether requests can be answered: the database is there.",
        gives=Ready,
        troubles=("store_busy",),
    ),
    Address(
        "metrics",
        "GET",
        "/metrics",
        "Figures of all processes of the service, for Prometheus.",
        media="text/plain",
        troubles=("store_busy",),
    ),
    Address("document", "GET", "/v1/openapi.json", "This document."),
)
_BY_PATH = {address.path: address.name for address in ADDRESSES}


def name_of(path: str) -> str:
    return _BY_PATH.get(path, OTHER)
