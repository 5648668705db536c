"""Troubles (HTTP errors): every answer of the service that is not 200, as a word, a status and a sentence."""

from typing import NamedTuple


class _Known(NamedTuple):
    status: int
    sentence: str


TROUBLES: dict[str, _Known] = {
    "malformed": _Known(400, "The request is not the JSON that this address takes."),
    "no_token": _Known(401, "Send the device's token as 'Authorization: Bearer'."),
    "unknown_token": _Known(401, "This token belongs to no device; enrol the device again."),
    "unknown_reader": _Known(401, "This token reads nothing; make one with 'central token'."),
    "wrong_code": _Known(403, "This enrolment code is unknown, used or expired; ask for a new one."),
    "revoked": _Known(403, "This device has been revoked; ask the supervisor."),
    "wrong_site": _Known(403, "This token is for another site."),
    "not_found": _Known(404, "There is nothing at this address."),
    "wrong_method": _Known(405, "This address does not take that method."),
    "name_taken": _Known(
        403,
        "Another device has that name. Give this one a name of its own (`scanner enrol --name NAME URL CODE`; the code "
        "is still good), or, if it is that device again, get a code for it (`scanner central invite --site SITE --for "
        "NAME`).",
    ),
    "too_slow": _Known(408, "The request did not come in whole in time; try again where the network is better."),
    "too_large": _Known(413, "The request is too large; send fewer events at a time."),
    "unknown_encoding": _Known(415, "Send the request as it is, or compressed by gzip."),
    "invalid": _Known(422, "The request is JSON of another shape than this address takes."),
    "too_many_events": _Known(422, "The request holds too many events; send fewer at a time."),
    "protocol_newer": _Known(426, "The device speaks a newer protocol than the centre; update the centre."),
    "protocol_older": _Known(426, "The device speaks a protocol that is too old for the centre; update the device."),
    "too_many_at_once": _Known(
        429, "This device has several requests under way; it goes on when one of them is answered."
    ),
    "too_many_requests": _Known(429, "This device asks too often; it goes on by itself after a pause."),
    "broken": _Known(500, "The centre failed; it has written down why. Nothing was stored; try again later."),
    "busy": _Known(503, "The centre has more to do than it can hold; it takes the request after a pause."),
    "store_busy": _Known(503, "The central store cannot answer now; try again later."),
}


RETRY_AFTER_S = {429: 1, 503: 1}
"""The statuses whose answer has the header ``Retry-After``, and what it says where nobody knows better."""


class TroubleError(Exception):
    """Raised while a request is answered; the service turns it into the answer. ``word`` is a key of ``TROUBLES``.

    ``retry_after_s`` is how long the centre wants to be left alone; 0 leaves it to the status.
    """

    def __init__(self, word: str, retry_after_s: int = 0) -> None:
        super().__init__(TROUBLES[word].sentence)
        self.word = word
        self.retry_after_s = retry_after_s
