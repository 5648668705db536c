"""The look-up of times as people at the site say them."""

from msgspec import Struct

from scanner_app.workflows.lookups.look import Examples, Look


class Times(Struct, frozen=True, tag="times"):
    """Each in words, empty where there is none."""

    words: tuple[str, ...]


class TimesOf(Look, frozen=True, tag="times_of"):
    """Look up how moments (us since 1970) read at the site, with their day unless that is today."""

    times_us: tuple[int, ...]

    def examples(self) -> Examples:
        return (("", Times(("13:40",) * len(self.times_us))),)
