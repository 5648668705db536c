"""The API document (OpenAPI 3.1), made from the table of addresses and the structs of the wire."""

from functools import cache
from inspect import cleandoc
from typing import Any

import msgspec

from scanner_app.domain.events.event import Event
from sync.central.exchange.troubles import RETRY_AFTER_S, TROUBLES
from sync.central.service.addresses import ADDRESSES, Address, Shows
from sync.protocol import PROTOCOL, ExchangeRequest, Trouble

_SCHEMAS = "#/components/schemas/{name}"
_EVERYWHERE = ("broken",)
_SECURITY = {Shows.DEVICE: "deviceToken", Shows.READER: "readToken"}
DEVICE_DOES = {
    400: "keeps every event; sends a smaller batch, to find the one that is at fault",
    401: "keeps every event and shows that somebody has to enrol it again",
    403: "keeps every event and shows that somebody has to act",
    408: "sends the same again after a pause",
    413: "keeps every event; sends a smaller batch",
    415: "sends the same again, uncompressed",
    422: "keeps every event; sends a smaller batch, to find the one that is at fault",
    426: "keeps every event until the centre, or the device, has been updated",
    429: "leaves the centre alone for as long as Retry-After says, and a random while longer",
    500: "sends the same again after a pause that grows",
    503: "leaves the centre alone for as long as Retry-After says, and a random while longer",
}
"""What a device does on each status; it never drops an event."""


@cache
def document() -> bytes:
    """Return the document, the same bytes for the same program."""
    return msgspec.json.format(msgspec.json.encode(_document()), indent=1) + b"\n"


def _document() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for address in ADDRESSES:
        paths.setdefault(address.path, {})[address.method.lower()] = _operation(address)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Central service of the warehouse scanners",
            "version": f"{PROTOCOL}",
            "description": "The version is the number of the protocol. Within one, fields and kinds are only added.",
        },
        "paths": paths,
        "components": {"schemas": _schemas(), "securitySchemes": _schemes()},
    }


def _schemes() -> dict[str, Any]:
    abouts = {
        "deviceToken": "The token that a device got when it was enrolled.",
        "readToken": "A token of 'scanner central token'; it reads one site and changes nothing.",
    }
    return {name: {"type": "http", "scheme": "bearer", "description": about} for name, about in abouts.items()}


def _schemas() -> dict[str, Any]:
    """Every struct of the wire; the events of a request, raw bytes to the service, are spelled out."""
    structs = [kind for address in ADDRESSES for kind in (address.takes, address.gives) if kind is not None]
    _, schemas = msgspec.json.schema_components([*structs, Event, Trouble], ref_template=_SCHEMAS)
    events = schemas[ExchangeRequest.__name__]["properties"]["events"]
    events["items"] = {"$ref": _SCHEMAS.format(name=Event.__name__)}
    return {name: _without_margin(schema) for name, schema in schemas.items()}


def _without_margin(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with its docstring as newer versions of Python keep it: without the margin that the code has there."""
    return {**schema, "description": cleandoc(schema["description"])} if "description" in schema else schema


def _operation(address: Address) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": address.name,
        "summary": address.about,
        "responses": {"200": _given(address), **_troubles(address)},
    }
    if address.takes is not None:
        schema = {"$ref": _SCHEMAS.format(name=address.takes.__name__)}
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    if address.query:
        operation["parameters"] = [
            {"name": parameter.name, "in": "query", "description": parameter.about, "schema": {"type": parameter.kind}}
            for parameter in address.query
        ]
    if address.shows in _SECURITY:
        operation["security"] = [{_SECURITY[address.shows]: []}]
    return operation


def _given(address: Address) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"} if address.media != "application/json" else {"type": "object"}
    if address.gives is not None:
        (schema,), _ = msgspec.json.schema_components([address.gives], ref_template=_SCHEMAS)
    return {"description": "All is well.", "content": {address.media: {"schema": schema}}}


def _troubles(address: Address) -> dict[str, Any]:
    """The answers that are not 200, by status: their words with their sentences, and what a device does."""
    words: dict[int, list[str]] = {}
    for word in (*address.troubles, *_EVERYWHERE):
        words.setdefault(TROUBLES[word].status, []).append(word)
    return {str(status): _trouble(status, grouped) for status, grouped in sorted(words.items())}


def _trouble(status: int, words: list[str]) -> dict[str, Any]:
    said = "\n".join(f"- `{word}`: {TROUBLES[word].sentence}" for word in words)
    schema = {"$ref": _SCHEMAS.format(name=Trouble.__name__)}
    response: dict[str, Any] = {
        "description": f"{said}\n\nThe device {DEVICE_DOES[status]}.",
        "content": {"application/json": {"schema": schema}},
    }
    if status in RETRY_AFTER_S:
        about = "Whole seconds for which the centre wants to be left alone."
        response["headers"] = {"Retry-After": {"description": about, "schema": {"type": "integer"}}}
    return response
