"""How far a sequence of a terminal is waited for: a line that only looks like one must not be swallowed."""

import pytest

from scanner_app.domain.capture.keys import Bytes, Key, More, Recognised, Unknown, recognised


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


@pytest.mark.parametrize(
    ("sequences", "text"),
    [
        ((b"\x1bOp", b"\x1bOy", b"\x1bOm", b"\x1bOn", b"\x1bOM"), b"09-.\r"),
        ((b"\x1bOj", b"\x1bOk", b"\x1bOl", b"\x1bOo", b"\x1bOX"), b"*+,/="),
        ((b"\x1b[57399u", b"\x1b[57408u", b"\x1b[57412;129u", b"\x1b[57414u"), b"09-\r"),
    ],
)
def test_the_keypad_in_application_mode_types_what_stands_on_it(sequences: tuple[bytes, ...], text: bytes) -> None:
    keys = [recognised(sequence) for sequence in sequences]
    assert b"".join(key.raw for key in keys if isinstance(key, Bytes)) == text
    assert recognised(b"\x1bOP") == Key("F1")
    assert recognised(b"\x1bOz") == Unknown()
