"""Every kind of look-up has its answer, of a kind that the log can hold; and those that are dated say as of when."""

import msgspec
import pytest

from scanner_app.session.lookups import LookUps
from scanner_app.session.site_clock import SiteClock
from scanner_app.workflows.lookups.kinds import KINDS, Value
from scanner_app.workflows.lookups.look import Look
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.lookups.stock import Held, OfItem, Rows
from tests.warehouse import Floor
from tests.workflows.lookups.test_kinds import made

VALUES = msgspec.json.Decoder(Value)


@pytest.fixture
def looking(floor: Floor) -> LookUps:
    clock = SiteClock(floor.store, floor.clock.stamp)
    return LookUps(floor.store, floor.desk.session.tools, clock, Policies())


def test_every_kind_has_its_answer_and_no_other_has(looking: LookUps) -> None:
    assert set(looking.answers) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_can_be_kept_in_a_log(kind: type[Look], looking: LookUps) -> None:
    value = looking.value(made(kind))
    assert VALUES.decode(msgspec.json.encode(value)) == value


def test_what_is_shown_says_as_of_when_and_what_is_only_reckoned_with_does_not(floor: Floor, looking: LookUps) -> None:
    with floor.store.transaction:
        floor.store.identity.set_exchanged(floor.clock.stamp().wall_us)
    shown, reckoned = looking.value(OfItem("100001")), looking.value(Held("A-01-01", "100001"))
    assert isinstance(shown, Rows)
    assert isinstance(reckoned, Rows)
    assert (bool(shown.as_of), bool(reckoned.as_of)) == (True, False)
