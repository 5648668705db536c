"""A layout that mangles codes is found by what a site knows, and no known code is read as another.

What a host makes of a scanner's keys is told by the decoder of HID keyboards, which knows nothing of the rule.
"""

from collections.abc import Collection

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from devices.readers.hid.keys import ENTER
from devices.readers.hid.typed import Edge, Lost, Typing
from scanner_app.domain.capture.layouts import LAYOUTS
from scanner_app.domain.capture.mangled import PAIRS, Pair, is_foreign, mangled
from tests.devices.hid.keyboard import edges, strokes_of
from tests.extent import extent

CODES = st.text("AYZQWM017-/_:. ", min_size=1, max_size=8).map(str.strip).filter(bool)
GUNS = st.sampled_from(PAIRS)
FROM_US = [pair for pair in PAIRS if pair.gun == "us"]


def arrives(pair: Pair, code: str) -> str | None:
    """What a host types of a code; None where a key means nothing to it."""
    host, text = Typing(LAYOUTS[pair.host]), b""
    for stroke in (*strokes_of(LAYOUTS[pair.gun], code), (ENTER,)):
        for key, edge in edges(stroke):
            for piece in host.key(key, Edge(edge)):
                if isinstance(piece, Lost):
                    return None
                text += piece
    return text.decode().removesuffix("\r")


def among(known: Collection[str], text: str, **more: object) -> Pair | None:
    def knows(texts: Collection[str]) -> Collection[str]:
        return frozenset(texts) & frozenset(known)

    return mangled(text, knows, is_known=text in known, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pair", "code", "text"),
    [
        (Pair("de", "us"), "A-01", "Aß01"),
        (Pair("fr", "us"), "A-01", "Q)à&"),
        (Pair("us", "de"), "A-01", "A/01"),
        (Pair("us", "fr"), "A-01", "Q6)!"),
        (Pair("de", "us"), "LOT=E1", "LOTÉ1"),
        (Pair("de", "us"), "ZYX/7_B", "YZX-7?B"),
        (Pair("fr", "us"), "BIN:Q.W", "BINMA:Z"),
    ],
)
def test_what_arrives_is_known_for_what_was_sent(pair: Pair, code: str, text: str) -> None:
    assert arrives(pair, code) == text
    assert pair.meant(text) == code
    assert among({code}, text) in {one for one in PAIRS if one.meant(text) == code}
    assert among({code}, code) is None
    assert among(set(), text) is None


@settings(max_examples=extent(40, 5000))
@given(GUNS, st.sets(CODES, min_size=1, max_size=8))
@example(Pair("de", "us"), {"A-0Y", "A-0Z"})
@example(Pair("de", "us"), {"A/01", "A-01"})
@example(Pair("fr", "us"), {"Q-01", "A-01"})
def test_no_known_code_is_read_as_another(pair: Pair, known: set[str]) -> None:
    """With AIM identifiers none at all, without them none once the layouts have been seen at work."""
    for code in sorted(known):
        text = arrives(pair, code)
        if text is None or text == code:
            continue
        assert pair.meant(text) == code
        if text not in known:
            assert among(known, text) is not None
        assert among(known, text, suspects=(pair,)) is not None
        behind_aim = arrives(pair, "]C1" + code)
        if behind_aim is not None:
            assert among(known | {behind_aim}, behind_aim, has_aim=True) is not None


@settings(max_examples=extent(40, 5000))
@given(GUNS, st.text("ABCXYZabcxyz0123456789-_/.:+*#", min_size=1, max_size=12))
def test_places_of_keys_go_back_to_what_was_sent(pair: Pair, code: str) -> None:
    assume(all(sign in LAYOUTS[pair.gun].plain + LAYOUTS[pair.gun].shift for sign in code))
    text = arrives(pair, code)
    assume(text is not None and "|" not in text and "\\" not in text)
    assert text is not None
    assert pair.meant(text) == code


@settings(max_examples=extent(30, 5000))
@given(st.text(max_size=40))
def test_whatever_is_typed_is_looked_at_without_trouble(text: str) -> None:
    assert among(set(), text, suspects=PAIRS) is None
    assert is_foreign(text) is None or not text.isascii()


@pytest.mark.parametrize("pair", FROM_US)
def test_an_identifier_that_came_mangled_tells_it_whatever_the_code(pair: Pair) -> None:
    text = arrives(pair, "]C1NOBODY")
    assert text is not None
    assert among(set(), text, has_aim=True) == pair
    assert among(set(), text) is None
    assert among(set(), "]C1NOBODY", has_aim=True) is None


@pytest.mark.parametrize(("text", "is_told"), [("Lß01", True), ("L-01", False), ("Größe", True), ("Łódź", False)])
def test_signs_that_few_codes_have(text: str, is_told: bool) -> None:
    assert (is_foreign(text) is not None) is is_told
