"""A unit that is typed behind a number: the base unit before all others, the one that is typed before its likes."""

import pytest

from scanner_app.domain.capture.barcode import Reading, read
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Amount
from scanner_app.workflows.questions.ask.quantity import AskQuantity
from scanner_app.workflows.questions.facts import Facts, KnownUnit
from scanner_app.workflows.questions.judgement import Accepted
from scanner_app.workflows.questions.limits import Limits

_UNITS = (KnownUnit("EA", SCALE), KnownUnit("CS", 12 * SCALE), KnownUnit("cs", 6 * SCALE), KnownUnit("EA", 10 * SCALE))


@pytest.mark.parametrize(("typed", "pieces"), [("5 EA", 5), ("5ea", 5), ("1 CS", 12), ("1 cs", 6), ("1 Cs", 0)])
def test_the_unit_that_is_typed_is_meant(typed: str, pieces: int) -> None:
    asked = AskQuantity(
        slot="quantity", phrase=say.WANT_PIN, help=say.WANT_PIN, item="TEA", base_unit="EA", factor=SCALE, decimals=0,
        known=1_000 * SCALE, unit="EA",
    )  # fmt: skip
    reading = read(typed.encode())
    assert isinstance(reading, Reading)
    judged = asked.judge(reading, Facts(units=_UNITS), 0, Limits())
    answer = judged.answer if isinstance(judged, Accepted) else None
    assert (answer.quantity if isinstance(answer, Amount) else 0) == pieces * SCALE
