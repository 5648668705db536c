"""PINs: what others try first is simple, little else is, and a hash has one form."""

import pytest

from scanner_app.domain.pin import is_simple, is_verifier

_HASH = "$argon2id$v=19$m={},t={},p={}$c2FsdHNhbHQ$" + "A" * 43


@pytest.mark.parametrize(
    "pin",
    ["123456", "654321", "111111", "000000", "123123", "121212", "112233", "123321", "789456", "159753", "024680"],
)
def test_what_is_tried_first_is_simple(pin: str) -> None:
    assert is_simple(pin)


def test_few_of_all_pins_are_simple() -> None:
    assert sum(is_simple(f"{number:06}") for number in range(0, 1_000_000, 17)) < 1_000_000 / 17 / 100


@pytest.mark.parametrize(("pin", "badge"), [("100138", "B-1001"), ("031001", "B-1001"), ("234567", "B-91234567")])
def test_the_digits_of_the_badge_are_simple(pin: str, badge: str) -> None:
    assert is_simple(pin, badge)
    assert not is_simple("310752", badge, "w1")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (_HASH.format(19_456, 2, 1), True),
        (_HASH.format(65_536, 10, 4), True),
        (_HASH.format(4_194_304, 2, 1), False),
        (_HASH.format(19_456, 99, 1), False),
        (_HASH.format(19_456, 2, 1).replace("argon2id", "argon2d"), False),
        ("246831", False),
        ("", False),
    ],
)
def test_a_hash_is_one_that_a_device_can_afford(text: str, is_one: bool) -> None:
    assert is_verifier(text) is is_one
