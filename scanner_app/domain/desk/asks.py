"""What is asked of the centre, and ordered there, by somebody who sits before a screen: one struct a kind.

An ask reads and may be repeated at will. An order changes devices or people: it carries an ``id`` of its own, by which
the centre does it once however often it comes, and wants its author's PIN, which goes beside it and is kept nowhere.
"""

from msgspec import Struct

from scanner_app.domain.desk.accuracy_asks import AskAccuracy, AskAccuracyLines, AskCheckers
from scanner_app.domain.desk.decided_words import AskDecided
from scanner_app.domain.desk.overview import AskOverview
from scanner_app.domain.desk.work_asks import AskStocktake, AskTasks, CloseStocktake

ROWS_MAX = 50
"""Rows of one page, at most."""
HIDDEN_MAX = 500
"""Places that an ask names as hidden, at most: with labels of a hundred letters they fit into a request."""


class AskCases(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="ask", tag="cases"):
    """A page of the cases that wait: those that pass every filter that is not empty, the largest value first.

    ``before_us`` leaves out what is younger, ``under`` what is worth so much (micro-currency) or more, 0: nothing, and
    ``no_marks`` what has a mark. ``after`` is where the page before ended. Of places that are ``hidden`` nothing is
    listed or summed up: whoever asks counts there, and must not learn from the length of a page that something waits.
    """

    kind: str = ""
    zone: str = ""
    person: str = ""
    before_us: int = 0
    after: str = ""
    rows_max: int = ROWS_MAX
    under: int = 0
    no_marks: bool = False
    hidden: tuple[str, ...] = ()


class AskCase(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="ask", tag="case"):
    """One case, opened; beside it nothing is told of places that are ``hidden``."""

    kind: str
    id: str
    hidden: tuple[str, ...] = ()


class AskDevices(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="ask", tag="devices"):
    """A page of the site's devices, by their names."""

    after: str = ""
    rows_max: int = ROWS_MAX


class AskPeople(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="ask", tag="people"):
    """A page of the site's people, by their numbers: who is signed in where, whose hand holds what."""

    after: str = ""
    rows_max: int = ROWS_MAX


class RevokeDevice(Struct, frozen=True, kw_only=True, tag_field="ask", tag="revoke_device"):
    """What ``device`` pushes from now on is quarantined."""

    id: str
    device: str
    reason: str = ""


class AdmitDevice(Struct, frozen=True, kw_only=True, tag_field="ask", tag="admit_device"):
    """A device that was revoked is trusted again from now on."""

    id: str
    device: str
    reason: str = ""


class RenameDevice(Struct, frozen=True, kw_only=True, tag_field="ask", tag="rename_device"):
    """``device`` is called ``name`` from now on."""

    id: str
    device: str
    name: str


class SetPin(Struct, frozen=True, kw_only=True, tag_field="ask", tag="set_pin"):
    """``operator`` has a new PIN: its ``verifier``, an argon2id hash made where it was typed. Nobody sends a PIN."""

    id: str
    operator: str
    verifier: str


class RetireOperator(Struct, frozen=True, kw_only=True, tag_field="ask", tag="retire_operator"):
    """``operator`` signs in no more."""

    id: str
    operator: str
    reason: str = ""


Order = RevokeDevice | AdmitDevice | RenameDevice | SetPin | RetireOperator | CloseStocktake
Ask = (
    AskCases
    | AskCase
    | AskDevices
    | AskPeople
    | AskAccuracy
    | AskAccuracyLines
    | AskCheckers
    | AskTasks
    | AskStocktake
    | AskOverview
    | AskDecided
    | Order
)


class DeskRequest(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body of ``POST /v1/desk``: who asks what; ``pin`` only with an order. It is never stored and never logged."""

    protocol: int
    operator: str
    ask: Ask
    pin: str = ""

    def __repr__(self) -> str:
        """Without the PIN: whatever shows a request, be it a failure, must not show that."""
        return f"DeskRequest(protocol={self.protocol}, operator={self.operator!r}, ask={self.ask!r})"
