"""How far a sequence of a terminal is waited for: a line that only looks like one must not be swallowed."""

import pytest

from scanner_app.domain.capture.keys import Key, More, Recognised, Unknown, recognised


@pytest.mark.parametrize(
    ("sequence", "key"),
    [
        (b"\x1b[" + b"1" * 29, More()),
        (b"\x1b[" + b"1" * 30, More()),
        (b"\x1b[" + b"1" * 31, Unknown()),
        (b"\x1b[" + b"0" * 27 + b"11~", Key("F1")),
        (b"\x1b[" + b"0" * 28 + b"11~", Unknown()),
    ],
)
def test_a_sequence_has_thirty_two_bytes_at_the_most(sequence: bytes, key: Recognised) -> None:
    assert recognised(sequence) == key
