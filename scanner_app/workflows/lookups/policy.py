"""The look-up of what the site asks of its workers beyond the bare answers."""

from msgspec import Struct

from scanner_app.workflows.lookups.look import Examples, Look


class Policies(Struct, frozen=True, tag="policies"):
    """``check_digits`` are asked for "off" (never), after a "typed" place, or "always".

    ``zero_check``: whether a place is empty may be answered when the book says so. ``piece_by_piece``: the code of the
    goods, scanned once more where a quantity is asked, counts one more.
    """

    check_digits: str = "off"
    zero_check: bool = True
    piece_by_piece: bool = False

    def wants_digits(self, *, is_typed: bool) -> bool:
        """Say whether a place has to be proved by the digits on its label."""
        return self.check_digits == "always" or (self.check_digits == "typed" and is_typed)


class Policy(Look, frozen=True, tag="policy"):
    """Look up what the site asks of its workers beyond the bare answers."""

    @property
    def unasked(self) -> Policies:
        """An older script that did not look asked for nothing beyond them."""
        return Policies(zero_check=False)

    def examples(self) -> Examples:
        return (
            ("no checks", Policies("off", False, False)),
            ("check digits", Policies("always", True, False)),
            ("piece by piece", Policies("off", True, True)),
        )


class Again(Struct, frozen=True, tag="again"):
    """``is_more``: behind a booked move the same label moves one more."""

    is_more: bool = False


class AgainIsMore(Look, frozen=True, tag="again_is_more"):
    """Look up whether the same label again is one more."""

    @property
    def unasked(self) -> Again:
        return Again()

    def examples(self) -> Examples:
        return ("asked as ever", Again()), ("one more", Again(True))
