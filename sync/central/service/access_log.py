"""Access log and request metrics: every request is counted, and written down when it is of interest."""

import time
from collections import Counter
from typing import Any

from msgspec import Struct
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sync.central.service import metrics
from sync.central.service.addresses import name_of
from sync.central.service.logbook import note
from sync.central.service.metrics import Figures
from sync.protocol import ExchangeAnswer

_STATE, _NOTES = "state", "notes"


_FIELDS = ("site", "device", "trouble", "events", "outcomes", "duplicates", "rows")


class Notes(Struct):
    """What is known of a request while it is being answered."""

    site: str = ""
    device: str = ""
    trouble: str = ""
    events: int = 0
    outcomes: dict[str, int] = {}
    duplicates: int = 0
    rows: int = 0
    is_new: bool = False


def notes_of(request: Request) -> Notes:
    """The notes to be filled in while ``request`` is answered."""
    notes: Notes = request.scope[_STATE][_NOTES]
    return notes


def noted(notes: Notes, answer: ExchangeAnswer) -> None:
    """Take down what an exchange did."""
    notes.rows, notes.events = len(answer.rows), len(answer.answers)
    notes.outcomes = Counter(answered.outcome.value for answered in answer.answers if not answered.duplicate)
    notes.duplicates = sum(answered.duplicate for answered in answer.answers)


class AccessLog:
    """An ASGI application around another; long polls and idle exchanges are counted and not written down."""

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        self._app = app
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        notes = scope.setdefault(_STATE, {})[_NOTES] = Notes()
        status, begun_s = 0, time.monotonic()

        async def sending(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            self._ended(name_of(scope["path"]), status, time.monotonic() - begun_s, notes)

    def _ended(self, address: str, status: int, seconds: float, notes: Notes) -> None:
        self._figures.answered(address, status, seconds)
        self._count(notes)
        if notes.trouble or notes.events or notes.rows or notes.is_new or not 200 <= status < 300:
            note("answered", address=address, status=status, ms=round(seconds * 1_000, 1), **_fields(notes))

    def _count(self, notes: Notes) -> None:
        figures = self._figures
        for outcome, count in notes.outcomes.items():
            figures.add(f'{metrics.EVENTS}{{outcome="{outcome}"}}', count)
        if notes.trouble:
            figures.add(f'{metrics.TROUBLED}{{error="{notes.trouble}"}}')
        figures.add(metrics.DUPLICATES, notes.duplicates)
        figures.add(metrics.ROWS, notes.rows)


def _fields(notes: Notes) -> dict[str, Any]:
    return {name: getattr(notes, name) for name in _FIELDS}
