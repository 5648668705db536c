"""Cases of places that whoever asks counts at: neither a page nor how many there are nor a sum tells of them."""

from typing import Any

import msgspec
import pytest

from scanner_app.domain.desk.asks import HIDDEN_MAX, AskCases, DeskRequest
from scanner_app.domain.desk.case import CaseKind
from scanner_app.domain.desk.replies import CasesPage
from sync.central.database.store import CentralStore
from sync.central.service.requests import DESK_BYTES_MAX
from tests.central.claims import AT_US, Centre, line
from tests.central.warehouse import key


@pytest.fixture
def centre(store: CentralStore) -> Centre:
    return Centre(store)


def test_what_waits_at_a_hidden_place_changes_nothing_of_the_list(centre: Centre) -> None:
    """The largest, the smallest and one between two pages: the bytes are those of a list without them."""
    centre.count(line("c1", 90))
    centre.count(line("c2", 97, "A", at_us=AT_US + 1))
    centre.count(line("c4", 1, "C", at_us=AT_US + 3))  # the device is heard up to then
    asks: list[dict[str, Any]] = [
        {"rows_max": rows, "kind": kind} for rows in (1, 2, 50) for kind in ("", CaseKind.CLAIM.value)
    ]
    before = [_pages(centre, hidden=("B",), **ask) for ask in asks]
    centre.count(line("c3", 10, "B", at_us=AT_US + 2))
    assert _pages(centre, rows_max=50) != before[-1], "somebody else sees it"
    assert [_pages(centre, hidden=("B",), **ask) for ask in asks] == before
    assert _pages(centre, hidden=("A", "B", "C"), rows_max=50) == [CasesPage(as_of_us=AT_US, alone=before[0][0].alone)]


def test_no_case_is_paired_with_what_waits_at_a_hidden_place(centre: Centre) -> None:
    """Neither beside a row of the list nor beside one that is opened."""
    centre.count(line("c1", 90))
    centre.count(line("c3", 1, "C", at_us=AT_US + 3))
    pieces = int(centre.held(key("B", "NUT")))
    (alone, other) = centre.cases(hidden=("B",)).cases
    opened = centre.opened(alone.id, hidden=("B",))
    centre.count(line("c2", pieces + 10, "B", at_us=AT_US + 1))
    assert centre.cases(hidden=("B",)).cases == (alone, other)
    assert centre.opened(alone.id, hidden=("B",)) == opened
    shown = centre.opened(alone.id).claim
    assert shown is not None
    assert {one.place for one in shown.opposites} == {"B", "C"}, "somebody else sees it"


def _pages(centre: Centre, **ask: Any) -> list[CasesPage]:
    pages = [centre.cases(**ask)]
    while pages[-1].after:
        pages.append(centre.cases(**ask, after=pages[-1].after))
    return pages


@pytest.mark.parametrize("kind", ["", *CaseKind])
def test_each_kind_of_case_is_asked_for_without_hidden_places(kind: str, centre: Centre) -> None:
    centre.count(line("c1", 90))
    assert centre.cases(kind=kind, hidden=("nowhere",)) == centre.cases(kind=kind)


def test_as_many_hidden_places_as_an_ask_names_fit_into_a_request() -> None:
    ask = AskCases(hidden=("x" * 100,) * HIDDEN_MAX, zone="z" * 100, after="9" * 200)
    assert len(msgspec.json.encode(DeskRequest(protocol=3, operator="s1", ask=ask))) < DESK_BYTES_MAX
