"""The menu: what may be begun is reached from it, what may not is nowhere on it; each page fits the smallest screen."""

from itertools import chain, combinations, product
from pathlib import Path

import pytest
from msgspec.structs import replace

from scanner_app.domain.catalog import Plate, Profile
from scanner_app.domain.people import RIGHTS, Operator, Right, Role
from scanner_app.languages.language import LANGUAGES
from scanner_app.session.view.view import Line, View
from scanner_app.workflows.engine.script import Script
from scanner_app.workflows.lookups.offers import EVERYTHING, Offer, Use
from scanner_app.workflows.menu import ROWS, number_of, scripts
from scanner_app.workflows.parts.process import ROWS_MAX, Listed, by_heart, first_page, other_page, row
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.chrome import HINT_MENU
from scanner_app.workflows.supervise.supervise import ON_SUPERVISE
from screens.layout import paint
from tests.warehouse import PIN, Floor, rows

LONG_NAME = "丸" * 40
SIZES = ((20, 16), (40, 8), (40, 12), (80, 24), (132, 43))
OFFERS = [
    Offer(rights, uses)
    for rights in chain.from_iterable(combinations(Right, count) for count in range(len(Right) + 1))
    for uses in ((), tuple(Use))
]


def made(number: int, title: str) -> Listed:
    return Listed(number, title, Phrase(f"title.{title}", title))


def later() -> tuple[Listed, ...]:
    """The menu with what is to come, beside what a supervisor does."""
    return tuple(replace(made(9, "supervise"), group=ON_SUPERVISE) if row.number == 9 else row for row in ROWS)


def may(script: Script, offer: Offer) -> bool:
    return (script.right is None or script.right in offer.rights) and (script.uses is None or script.uses in offer.uses)


def everywhere(top: tuple[Listed, ...]) -> list[Listed]:
    return [listed for group in top for listed in (group, *group.group)]


@pytest.mark.parametrize("menu", [ROWS, later()], ids=("today", "later"))
def test_each_process_is_reached_by_those_who_may_begin_it_and_listed_to_nobody_else(menu: tuple[Listed, ...]) -> None:
    more = menu[6]
    for offer in OFFERS:
        first = first_page(menu, offer)
        pages = [first, other_page(menu, more.group, offer)]
        pages += [_page_of(menu, group, offer) for group in first if group != more]
        shown = {listed.name for page in pages for listed in page}
        typed = {option.value for option in by_heart(menu, offer)} | {listed.name for listed in first}
        for listed in everywhere(menu):
            is_offered = listed.is_offered(offer) and (listed in menu or _group_of(menu, listed).is_offered(offer))
            assert (listed.name in shown, listed.name in typed) == (is_offered, is_offered), (listed.name, offer)
        for page in pages:
            assert len(page) <= ROWS_MAX, offer
            assert len({listed.number for listed in page}) == len(page), "a number is on a page once"


def _page_of(menu: tuple[Listed, ...], group: Listed, offer: Offer) -> tuple[Listed, ...]:
    """What is listed on the page of a group: what is in it, and what stands beside it."""
    beside = tuple(listed for listed in menu if listed.beside == group.name)
    return tuple(listed for listed in (*group.group, *beside) if listed.is_offered(offer))


def _group_of(menu: tuple[Listed, ...], inner: Listed) -> Listed:
    return next(group for group in menu if inner in group.group)


def test_a_right_decides_and_nothing_else() -> None:
    for offer in OFFERS:
        offered = {listed.script.name for listed in everywhere(ROWS) if listed.script and listed.is_offered(offer)}
        expected = {script.name for script in scripts() if may(script, offer)}
        assert {name for name in offered if name not in ("build", "unload", "nest")} == {
            name for name in expected if name not in ("build", "unload", "nest")
        }


def test_a_number_is_the_same_for_everybody() -> None:
    numbers = {option.value: option.number for option in by_heart(later(), EVERYTHING)}
    for offer in OFFERS:
        for option in by_heart(later(), offer):
            assert numbers.get(option.value, option.number) == option.number
        assert all(listed.number == int(number_of(listed.name)) for listed in first_page(ROWS, offer))
    names = ("move", "inquiry", "build", "sign_out", "adjust")
    assert [number_of(name) for name in names] == ["1", "5", "41", "73", "0"]


def test_look_up_and_then_today_give_way_only_where_there_are_too_many() -> None:
    worker = Offer(tuple(RIGHTS[Role.WORKER]), tuple(Use))
    first = {listed.name for listed in first_page(ROWS, worker)}
    assert {"today", "adjust", "count"} == {"inquiry", "today", "adjust", "count"} & first
    assert "inquiry" in {listed.name for listed in other_page(ROWS, ROWS[6].group, worker)}
    plain = Offer(worker.rights)
    assert {"inquiry", "today", "adjust"} <= {listed.name for listed in first_page(ROWS, plain)}, "one row less"
    more = (*later(), made(10, "pick"))
    assert not {"inquiry", "today"} & {listed.name for listed in first_page(more, EVERYTHING)}, "two rows more"
    assert {"inquiry", "today"} <= {listed.name for listed in other_page(more, more[6].group, EVERYTHING)}


def plain(view: View, width: int, height: int) -> str:
    return "\n".join("".join(piece.text for piece in line) for line in paint(view, b"", width, height, 0))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", Role)
def test_every_page_fits_every_screen_in_every_language(role: Role, language: str, tmp_path: Path) -> None:
    person = Operator("1", LONG_NAME, "B-1", f"verifier:{PIN}", (role,), language)
    floor = Floor(tmp_path, more=[person])
    view = floor.sign_in("B-1")
    pages = [floor.say("7", ".m")]
    assert pages[0].message == ""
    pages += [floor.say(".m", row.label) for row in view.listed if row.label in ("4", "7")]
    for page, (width, height) in product((view, *pages), SIZES):
        text = plain(page, width, height)
        hidden = [row for row in page.listed if f"{row.label}: {row.text}" not in text]
        is_a_key_away = page is view and width == 20 and len(hidden) <= 2 and " F7 .n" in text
        assert not hidden or is_a_key_away, (width, height, text)
    names = {script.name for script in scripts() if script.right is None or script.right in RIGHTS[role]}
    begun = {listed.name for top in ROWS for listed in (top, *top.group) if listed.name in names}
    for name in sorted(begun):
        assert floor.say(".m", number_of(name)).title != floor.say(".m").title, name
    floor.close()


def test_every_page_of_a_site_that_uses_everything_fits_a_gun_and_a_truck() -> None:
    groups = [group.group for group in later() if group.group and group.name != "more"]
    for page in (first_page(later(), EVERYTHING), other_page(later(), later()[6].group, EVERYTHING), *groups):
        listed = tuple(Line(row.title.text, str(row.number)) for row in page)
        view = View(0, "Menu", "What do you want to do?", listed=listed, hint=HINT_MENU.text)
        for size in ((20, 16), (40, 8)):
            text = plain(view, *size)
            assert [line for line in listed if f"{line.label}: {line.text}" not in text] == [], text


def test_what_a_site_does_not_use_is_not_listed(tmp_path: Path) -> None:
    floor = Floor(tmp_path)
    with floor.store.transaction:
        floor.store.feed.put([(100, Plate("340123450000000017", "B-01-01", active=False))])
    assert [line.label for line in floor.sign_in().listed] == ["1", "2", "3", "5", "6", "7", "8", "0"]
    assert floor.say("4").title == "Menu"
    floor.say(".k")
    assert floor.say("41").title == "Menu"
    with floor.store.transaction:
        floor.store.feed.put([(101, Profile("rack", plates_only=True))])
    floor.say(".k", ".c")
    assert floor.say("4").title == "Plates"
    floor.close()


def test_signing_out_and_leaving_are_on_the_menu(floor: Floor) -> None:
    floor.sign_in()
    assert floor.say("73").title == "Sign in"
    floor.sign_in()
    assert floor.say("7", "4").title == "Leave"
    assert floor.say(".b").title == "Menu"
    assert floor.say("7", "2").listed[-1].text == "scanner train"


def test_rows_of_the_small_site_hold_a_plate() -> None:
    assert any(isinstance(one, Plate) for one in rows())
    assert row(1, scripts()[0]).option.number == 1
