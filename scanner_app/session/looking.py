"""Look-ups that the store answers: which room of it knows which."""

from collections.abc import Callable
from typing import Any

from scanner_app.store.store import Store
from scanner_app.workflows import look
from scanner_app.workflows.look import Value


def looked_up(store: Store, wanted: object) -> Value:
    """Answer a look-up with what the device knows now."""
    return _ROOMS[type(wanted)](store, wanted)


_ROOMS: dict[type, Callable[[Store, Any], Value]] = {
    look.Rules: lambda store, wanted: store.catalog.rules(wanted),
    look.Held: lambda store, wanted: store.catalog.held(wanted),
    look.AtPlace: lambda store, wanted: store.catalog.at_place(wanted),
    look.OfItem: lambda store, wanted: store.catalog.of_item(wanted),
    look.StatusOf: lambda store, wanted: store.catalog.is_blocking(wanted),
    look.Where: lambda store, wanted: store.places.where(wanted),
    look.Besides: lambda store, wanted: store.places.besides(wanted),
    look.ToPut: lambda store, wanted: store.places.to_put(wanted),
}
