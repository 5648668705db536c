"""Structured log of the service, one JSON object a line, on standard error; no token, code or payload is ever in it."""

import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

import msgspec

from scanner_app.domain.harmless import harmless

_LOGGER = "scanner.central"
_encode = msgspec.json.Encoder().encode


class JsonLines(logging.Formatter):
    """What is logged by anybody, as one JSON object; a traceback is a text in it."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            said["traceback"] = "".join(traceback.format_exception(record.exc_info[1]))
        return harmless(_encode(said).decode())


def begin(level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Let everything that this process logs go to ``stream``, as JSON lines."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger(_LOGGER).setLevel(level)


def note(message: str, **fields: Any) -> None:
    """Write a line of interest; what is empty is left out."""
    said = {name: value for name, value in fields.items() if value not in ("", 0, None, {})}
    logging.getLogger(_LOGGER).info(message, extra={"fields": said})


def warn(message: str, **fields: Any) -> None:
    """Write a line that somebody should see, whatever the level."""
    logging.getLogger(_LOGGER).warning(message, extra={"fields": fields})


def failed(message: str) -> None:
    """Write down the exception that is being handled, with its traceback."""
    logging.getLogger(_LOGGER).exception(message)
