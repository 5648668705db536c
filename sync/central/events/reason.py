"""Reasons: the centre's words for why an event was not simply booked, as error codes that programs and devices know.

What makes a fact impossible is named by its kind, in ``scanner_app/domain/events``.
"""

from enum import StrEnum


class Reason(StrEnum):
    """One reason of an outcome; it is stored, sent and exported as its word, which never changes."""

    MALFORMED = "malformed"
    WRONG_SITE = "wrong_site"
    NUMBER_OUT_OF_RANGE = "number_out_of_range"
    NAME_TOO_LONG = "name_too_long"
    PAYLOAD_DIFFERS = "payload_differs"

    DEVICE_REVOKED = "device_revoked"
    WRONG_DEVICE = "wrong_device"
    EPOCH_NOT_GIVEN = "epoch_not_given"
    SEQUENCE_TAKEN = "sequence_taken"

    NEWER_KIND = "newer_kind"
    NEWER_SCHEMA = "newer_schema"
    QUANTITY_NOT_BELIEVED = "quantity_not_believed"
    UNKNOWN_ITEM = "unknown_item"
    UNKNOWN_PLACE = "unknown_place"
    UNKNOWN_OWNER = "unknown_owner"
    UNKNOWN_STATUS = "unknown_status"
    PLATE_IS_LOCATION = "plate_is_location"
    NOT_OWN = "not_own"

    ITEM_INACTIVE = "item_inactive"
    PLACE_BLOCKED = "place_blocked"
    PLACE_CLOSED = "place_closed"
    UNKNOWN_EVENT = "unknown_event"
    UNKNOWN_OPERATOR = "unknown_operator"
    OPERATOR_INACTIVE = "operator_inactive"
    NO_RIGHT = "no_right"
    CLOCK_DOUBTFUL = "clock_doubtful"
    NEGATIVE = "negative"
