"""A candidate: what a code may be, what it says as that, and what stands against it."""

from enum import StrEnum

from msgspec import Struct

from scanner_app.domain.recognition.label import Label, Why


class Kind(StrEnum):
    """What a code is. Some hold goods or load units; the others are named, so that nobody looks for an item in them."""

    CODE = "code"
    """Nothing that is known beyond the site: a place, an item, a badge, a number that was typed."""
    TRADE_NUMBER = "trade_number"
    LOAD_UNIT = "load_unit"
    GS1 = "gs1"
    DIGITAL_LINK = "digital_link"
    ISO_15434 = "iso_15434"
    HIBC = "hibc"
    PACKED_LINK = "packed_link"
    LINK = "link"
    PARCEL = "parcel"
    WIFI = "wifi"
    CONTACT = "contact"
    MAIL = "mail"
    PHONE = "phone"
    MESSAGE = "message"
    POSITION = "position"
    APPOINTMENT = "appointment"
    PAYMENT = "payment"
    LOGIN = "login"
    TICKET = "ticket"


class Candidate(Struct, frozen=True):
    """One way to take a code. ``text`` is how a worker would read it, ``codes`` are what master data may know it by.

    ``label`` is what it says of goods or of a load unit, ``said`` all that it says, as (identifier, value). ``why`` is
    what is wrong with it: then there is no label, or where that is only doubtful, the label holds what is sure and
    ``ways`` are all that it may be. ``needs`` are identifiers that stand alone and should not: another code of the same
    label holds what they go with.
    """

    kind: Kind
    text: str
    codes: tuple[str, ...]
    label: Label | None = None
    said: tuple[tuple[str, str], ...] = ()
    why: Why = Why.NOTHING
    ways: tuple[Label, ...] = ()
    needs: tuple[str, ...] = ()
