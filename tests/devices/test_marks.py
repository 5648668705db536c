"""Marks of spoilt bytes: data comes out as it was sent, and each spoilt byte at its place, however the pieces fall."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from devices.readers.serial.marks import Marks, Spoilt


def marked(sent: list[bytes | Spoilt]) -> bytes:
    """As the kernel hands it over (termios(3), PARMRK)."""
    marks = {Spoilt.BYTE: b"\xff\x00A", Spoilt.BREAK: b"\xff\x00\x00"}
    return b"".join(marks[one] if isinstance(one, Spoilt) else one.replace(b"\xff", b"\xff\xff") for one in sent)


def joined(told: list[bytes | Spoilt]) -> list[bytes | Spoilt]:
    whole: list[bytes | Spoilt] = []
    for one in told:
        last = whole[-1] if whole else None
        if isinstance(one, bytes) and isinstance(last, bytes):
            whole[-1] = last + one
        else:
            whole.append(one)
    return whole


@given(
    st.lists(st.binary(min_size=1) | st.sampled_from([*Spoilt]), max_size=8), st.lists(st.integers(0, 60), max_size=8)
)
def test_what_was_sent_comes_out_in_order(sent: list[bytes | Spoilt], cuts: list[int]) -> None:
    raw, marks = marked(sent), Marks()
    places = sorted({0, *(cut for cut in cuts if cut < len(raw)), len(raw)})
    told = [one for start, end in pairwise(places) for one in marks.feed(raw[start:end])]
    assert joined(told) == joined(sent)


@given(st.lists(st.binary()))
def test_whatever_comes_is_taken_and_little_is_kept(pieces: list[bytes]) -> None:
    marks = Marks()
    for piece in pieces:
        marks.feed(piece)
        assert len(marks._begun) <= 2


def test_what_no_kernel_sends_is_data() -> None:
    assert joined(Marks().feed(b"A\xffB")) == [b"A\xffB"]
