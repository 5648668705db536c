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
    QUARANTINE_FULL = "quarantine_full"

    NEWER_KIND = "newer_kind"
    NEWER_SCHEMA = "newer_schema"
    QUANTITY_NOT_BELIEVED = "quantity_not_believed"
    UNKNOWN_ITEM = "unknown_item"
    UNKNOWN_PLACE = "unknown_place"
    UNKNOWN_OWNER = "unknown_owner"
    UNKNOWN_STATUS = "unknown_status"
    PLATE_IS_LOCATION = "plate_is_location"
    INSTANT_NOT_BELIEVED = "instant_not_believed"
    NOT_BOOKABLE = "not_bookable"
    FROM_NOT_ALLOWED = "from_not_allowed"
    TO_NOT_ALLOWED = "to_not_allowed"
    HAND_NOT_OWN = "hand_not_own"
    NOT_OWN = "not_own"
    NOT_UNDONE = "not_undone"
    UNDO_TOO_DEEP = "undo_too_deep"

    ITEM_INACTIVE = "item_inactive"
    PLACE_BLOCKED = "place_blocked"
    PLACE_CLOSED = "place_closed"
    UNKNOWN_EVENT = "unknown_event"
    UNKNOWN_OPERATOR = "unknown_operator"
    OPERATOR_INACTIVE = "operator_inactive"
    NO_RIGHT = "no_right"
    CLOCK_DOUBTFUL = "clock_doubtful"
    OVER_LIMIT = "over_limit"
    OWNER_DIFFERS = "owner_differs"
    STATUS_DIFFERS = "status_differs"
    LOT_DIFFERS = "lot_differs"
    SERIAL_DIFFERS = "serial_differs"
    LOT_MISSING = "lot_missing"
    LOT_NOT_KEPT = "lot_not_kept"
    SERIAL_MISSING = "serial_missing"
    SERIAL_NOT_KEPT = "serial_not_kept"
    SERIAL_NOT_ONE = "serial_not_one"
    TOO_FINE = "too_fine"

    UNKNOWN_SUBJECT = "unknown_subject"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_WORD = "unknown_word"
    NO_JUDGE = "no_judge"
    OWN = "own"
    ALREADY_DECIDED = "already_decided"
    NOT_WAITING = "not_waiting"
    STILL_HELD = "still_held"
    BOOKED_ALREADY = "booked_already"
