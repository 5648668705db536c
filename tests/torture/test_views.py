"""Every view of every script with the longest data, at ten sizes, in every language: nothing that matters is cut."""

import pytest

from scanner_app.languages.language import LANGUAGES
from tests.extent import extent
from tests.screens.essentials import SIZES, has_what_matters, is_whole_by_one_key, says_how_to_see_it_whole
from tests.screens.longest import longest_views, view


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_view_misses_what_matters_in_any_language(size: tuple[int, int], code: str) -> None:
    """The short form tries a few of them; ``tests/screens/test_nothing_is_cut.py`` tries each somewhere."""
    for name in longest_views()[:: extent(40, 1)]:
        seen = view(name, code)
        has_what_matters(seen, size)
        is_whole_by_one_key(seen, size)
        says_how_to_see_it_whole(seen, size)
