"""The look-up of unfinished work: what an operator had scanned, and not booked, when the work was set aside."""

from msgspec import Struct

from scanner_app.workflows.lookups.look import Examples, Look
from scanner_app.workflows.lookups.samples import ITEM


class Scanned(Struct, frozen=True, omit_defaults=True):
    """An answer that was given, in words: data, or a ``phrase`` by its key; ``label`` is a key, too, or empty."""

    label: str
    text: str = ""
    phrase: str = ""
    arguments: dict[str, str] = {}


class Unfinished(Struct, frozen=True, tag="unfinished"):
    """The newest work that was set aside: the key of its process's title, and all that was scanned for it."""

    title: str = ""
    scanned: tuple[Scanned, ...] = ()


class SetAside(Look, frozen=True, tag="set_aside"):
    """Look up what an operator left unfinished at this device last."""

    operator: str

    def examples(self) -> Examples:
        return (("", Unfinished("title.move", (Scanned("label.goods", ITEM),))),)
