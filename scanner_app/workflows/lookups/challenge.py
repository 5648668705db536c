"""The look-up that draws digits by chance."""

from msgspec import Struct

from scanner_app.workflows.lookups.look import Examples, Look


class Digits(Struct, frozen=True, tag="digits"):
    digits: str


class Challenge(Look, frozen=True, tag="challenge"):
    """Look up digits that nobody can have printed beforehand: they are drawn when they are asked for."""

    digits: int = 4

    def examples(self) -> Examples:
        return (("", Digits("4711")),)
