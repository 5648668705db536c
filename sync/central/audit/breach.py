"""Breach: a law of the book that does not hold, as ``central verify`` finds it."""

from typing import NamedTuple

from sync.central.audit.laws import Law


class Breach(NamedTuple):
    """A law that does not hold, at one site; ``what`` names the row or the event."""

    law: Law
    site: str
    what: str

    def __str__(self) -> str:
        return f"site {self.site}: {self.law}: {self.what}"
