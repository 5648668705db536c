"""Reasons of events: a device has a sentence for each word of the centre that its operator can do something about."""

from scanner_app.domain.catalog import LocationState
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
    Reason.QUANTITY_NOT_BELIEVED,
    Reason.PLATE_IS_LOCATION,
    Reason.NOT_OWN,
}
"""Told by their word alone, for whoever helps: no program of ours sends such events."""


def test_every_reason_has_a_sentence_or_is_for_support() -> None:
    assert {*REASONS} | FOR_SUPPORT == set(Reason)
    assert not {*REASONS} & FOR_SUPPORT


def test_every_state_of_a_location_but_open_is_a_reason() -> None:
    assert {*NOT_OPEN} == set(LocationState) - {LocationState.OPEN}
