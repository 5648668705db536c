"""Rights that a site takes away from a role: what wants one is not offered until the site gives it back."""

import pytest

from scanner_app.domain.catalog import Site
from scanner_app.domain.people import TAKEN_AWAY, Right, rights_of
from scanner_app.session.rights import has_right
from scanner_app.workflows.lookups.offers import Offer, Offers
from tests.warehouse import Floor


@pytest.mark.parametrize("word", TAKEN_AWAY)
def test_a_right_that_the_site_takes_away_is_not_offered_until_it_is_given_back(floor: Floor, word: str) -> None:
    role, right = TAKEN_AWAY[word]
    operator = {"worker": "1001", "counter": "1101"}[role]
    for taken, has_it in (((), True), ((word, "worker:a_right_of_tomorrow"), False), ((), True)):
        with floor.store.transaction:
            floor.store.feed.put([(1_000, Site("DC1", "Main", "Europe/Berlin", taken_away=taken))])
        offer = floor.store.answers[Offers](Offers(operator))
        assert isinstance(offer, Offer)
        assert has_right(floor.store.catalog, operator, right) is (right in offer.rights) is has_it
        assert set(offer.rights) == rights_of((role,)) - (set() if has_it else {right})


def test_what_one_role_loses_another_keeps(floor: Floor) -> None:
    with floor.store.transaction:
        floor.store.feed.put([(1_000, Site("DC1", "Main", taken_away=("worker:count",)))])
    assert has_right(floor.store.catalog, "1101", Right.COUNT)
    assert not has_right(floor.store.catalog, "1101", Right.MOVE)
    assert has_right(floor.store.catalog, "1001", Right.MOVE)
