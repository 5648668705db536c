"""What was heard of the centre: a reply, and the ask that it answers; the line of an entry that no reader makes."""

from msgspec import Struct, json

from scanner_app.domain.desk.replies import Reply

LINE_BYTES_MAX = 256 * 1024
"""A reply that is larger is none: it is kept in a log, and painted."""


class Heard(Struct, frozen=True, kw_only=True):
    """``ask`` is the number that whoever asked gave to it: a reply to another one is too late."""

    ask: str
    reply: Reply


line_of = json.Encoder().encode
heard_of = json.Decoder(Heard).decode
