"""Fewer bytes, and the same picture on a terminal, whatever stood there before."""

from hypothesis import given
from hypothesis import strategies as st

from screens.glass import Glass
from screens.manner import Contrast
from screens.palette import palette
from screens.row import Piece, Role, filled
from screens.slim import slim
from tests.picture import Picture

WIDTH = 20
ROWS = st.lists(st.sampled_from(["", "a", "ab  c", "     x"]), min_size=1, max_size=3)


@given(ROWS, ROWS, st.integers(0, WIDTH), st.sampled_from([Role.PLAIN, Role.DATA, Role.STATUS]))
def test_the_picture_is_the_same(old: list[str], new: list[str], painted: int, role: Role) -> None:
    """Of a row only the left part may be painted anew: what stands behind it stays."""
    glass = Glass(palette(Contrast.NORMAL))
    before, after = ("  ".join(texts)[:WIDTH].ljust(WIDTH) for texts in (old, new))
    row = filled([Piece(after[:painted] + before[painted:], role)], WIDTH)
    glass._rows = [row]
    data = "\x1b[1;1H" + row[0].text[:painted] + "\n\x1b[1;1H"
    long, short = Picture(2 * WIDTH, 1), Picture(2 * WIDTH, 1)
    for picture, update in ((long, data), (short, slim(data, glass.blank_from))):
        picture.feed(f"\x1b[1;1H{before}".encode() + update.replace("\n", "").encode())
    assert short.rows == long.rows
