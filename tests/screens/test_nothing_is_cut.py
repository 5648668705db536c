"""Views with the longest data at ten sizes, each at some of them and in one language: what may not be missing is there.

``tests/torture/test_views.py`` has all of them in every language.
"""

import pytest

from scanner_app.languages.language import LANGUAGES
from screens.layout import paint
from tests.screens.essentials import SIZES, has_what_matters, is_whole_by_one_key, says_how_to_see_it_whole
from tests.screens.longest import longest_views, stopped, view

EVERY = 8
LOW = (40, 8)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_view_misses_what_matters(size: tuple[int, int]) -> None:
    place = SIZES.index(size)
    for number, name in enumerate(longest_views()):
        if number % EVERY == place % EVERY:
            seen = view(name, LANGUAGES[(number // EVERY + place) % len(LANGUAGES)])
            has_what_matters(seen, size)
            is_whole_by_one_key(seen, size)
            says_how_to_see_it_whole(seen, size)


@pytest.mark.parametrize("code", LANGUAGES)
def test_how_to_go_on_stays_in_sight_on_the_lowest_screen(code: str) -> None:
    for name in longest_views():
        seen = stopped(name, code)
        text = "".join(piece.text for row in paint(seen, b"", *LOW, 0) for piece in row)
        assert "F8" in text, (name, text)
