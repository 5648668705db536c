"""Reasons of events: a device has a sentence for each word of the centre that its operator can do something about."""

from scanner_app.domain.catalog import LocationState
from scanner_app.domain.events.law import LawFault, UndoFault
from scanner_app.domain.item_rules import StockFault
from scanner_app.workflows.today.phrases import REASONS
from sync.central.events.reason import Reason
from sync.central.intake.ruling import NOT_OPEN

FOR_SUPPORT = {
    Reason.MALFORMED,
    Reason.WRONG_SITE,
    Reason.NUMBER_OUT_OF_RANGE,
    Reason.NAME_TOO_LONG,
    Reason.PAYLOAD_DIFFERS,
    Reason.WRONG_DEVICE,
    Reason.EPOCH_NOT_GIVEN,
    Reason.PLATE_IS_LOCATION,
    Reason.NOT_BOOKABLE,
    Reason.FROM_NOT_ALLOWED,
    Reason.TO_NOT_ALLOWED,
    Reason.PLACE_DIFFERS,
    Reason.OWNER_DIFFERS,
    Reason.STATUS_DIFFERS,
    Reason.LOT_DIFFERS,
    Reason.SERIAL_DIFFERS,
    Reason.NOT_UNDONE,
    Reason.UNKNOWN_WORD,
}
"""Told by their word alone, for whoever helps: no program of ours sends such events."""

OF_CLAIMS = {Reason.NOT_TAKEN, Reason.AMOUNT_CHANGED, Reason.NOTHING_LEFT}
"""Told as what came back of a claim, in words of their own (``workflows/phrases/back.py``): no event has them."""

OF_OLDER_CENTRES = {"negative"}
"""No centre gives them any more; what a device was told once stays readable."""


def test_every_reason_has_a_sentence_or_is_for_support() -> None:
    assert {*REASONS} | FOR_SUPPORT | OF_CLAIMS == {*Reason} | OF_OLDER_CENTRES
    assert not OF_OLDER_CENTRES & {*Reason}
    assert not {*REASONS} & FOR_SUPPORT


def test_the_law_of_kinds_and_the_rules_of_items_are_told_by_their_own_words() -> None:
    assert {*LawFault, *UndoFault, *StockFault} <= {*Reason}


def test_every_state_of_a_location_but_open_is_a_reason() -> None:
    assert {*NOT_OPEN} == set(LocationState) - {LocationState.OPEN}
