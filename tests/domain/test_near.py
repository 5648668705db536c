"""Near misses: what a hand, CapsLock or a spreadsheet does to a code, and what makes another code of it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.domain.near import near_key, near_misses, spellings

SAME = [
    ("A-01", "a-01"), ("A-01", "A\u201301"), ("L1", "\uff2c\uff11"), ("GRÜN-1", "gru\u0308n-1"),
    ("STRASSE", "straße"), ("A 1", "A\u00a01"), ("A1", "A\u200b1"),
]  # fmt: skip
OTHER = [("A-01", "A-1"), ("A-01", "A01"), ("L1", "LI"), ("O1", "01"), ("A-01", "A_01"), ("E", "É")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_looks_alike_to_a_hand_is_near(one: str, other: str) -> None:
    assert near_key(one) == near_key(other)
    assert near_misses(other, [one, "else"]) == (one,)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_character_is_another_code(one: str, other: str) -> None:
    assert near_key(one) != near_key(other)


def test_what_is_known_as_it_stands_misses_nothing() -> None:
    assert near_misses("a", ["A", "a"]) == ()
    assert near_misses("Ab", ["AB", "ab"]) == ("AB", "ab")


@given(st.text(max_size=30))
def test_the_key_of_a_key_is_itself_and_no_form_or_spelling_changes_it(text: str) -> None:
    key = near_key(text)
    assert near_key(key) == key
    assert all(near_key(unicodedata.normalize(form, text)) == key for form in ("NFC", "NFD", "NFKC", "NFKD"))
    assert all(near_key(spelling) == key and spelling != text for spelling in spellings(text))
