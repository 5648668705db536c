"""What waits for somebody to accept it, and why: by the one limit of adjusting and the reasons of the place alone."""

from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.corrections.changed import Changed
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.limits.limit import Load
from scanner_app.domain.limits.motion import corrected
from tests.torture.walks.place import CORRECTED, SCRAPPED


def is_too_much(fact: Fact) -> bool:
    """More of something is corrected than the limit lets pass."""
    quantities = corrected(fact.legs).values() if isinstance(fact, Adjusted | Changed) else ()
    return any(CORRECTED.second.are_passed(Load(quantity, 0)) for quantity in quantities)


def is_for_a_second(fact: Fact) -> bool:
    """Its reason wants a second person."""
    return isinstance(fact, Adjusted | Changed) and fact.reason == SCRAPPED.reason


def waits(fact: Fact) -> bool:
    return is_too_much(fact) or is_for_a_second(fact)
