"""The look-up of license plates: what a plate stands on, and what stands there."""

from msgspec import Struct

from scanner_app.workflows.lookups.look import Examples, Look
from scanner_app.workflows.lookups.samples import PLACE, PLATE


class Plates(Struct, frozen=True, tag="plates"):
    """``under`` are the plates below a plate, the nearest first, and where they stand; ``here`` those on it."""

    under: tuple[str, ...] = ()
    here: tuple[str, ...] = ()


class Standing(Look, frozen=True, tag="standing"):
    """Look up what a plate stands on, and which plates stand at or on a place, at most ``plates_max``."""

    place: str
    plates_max: int = 100

    def examples(self) -> Examples:
        return (("", Plates((PLACE,), (PLATE,))),)
