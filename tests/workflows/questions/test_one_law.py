"""One law of codes: what a table may not bring in as a lot, a serial or a plate, the floor does not make either."""

import pytest

from scanner_app.domain.capture.barcode import Reading
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.ask.plate import AskPlate
from scanner_app.workflows.questions.ask.text import AskText
from scanner_app.workflows.questions.facts import Facts
from scanner_app.workflows.questions.judgement import Again, Refused
from scanner_app.workflows.questions.limits import Limits

LOT = AskText(item="1", slot="lot", phrase=say.WHICH_LOT, help=say.HELP_LOT, label=labels.LOT, again=say.LOT_AGAIN)
PLATE = AskPlate(slot="plate", phrase=say.WHICH_LOT, help=say.HELP_LOT, label=labels.LOT, may_be_new=True)


def _judged(question: AskText | AskPlate, text: str) -> object:
    return question.judge(Reading(text, (text,)), Facts(), 0, Limits())


@pytest.mark.parametrize("text", ["L" * 41, "L\u00a07", "L\u200b7"])
def test_what_is_no_lot_is_not_made(text: str) -> None:
    assert isinstance(_judged(LOT, text), Refused)


@pytest.mark.parametrize("text", ["P" * 41, "P\u00a07", "@P7", ".P7", "cmd:P7", "4.00638e+12", "4,006,381,333,931"])
def test_what_is_no_plate_is_not_made(text: str) -> None:
    assert isinstance(_judged(PLATE, text), Refused)


def test_what_is_one_is_made_when_it_is_said_again() -> None:
    assert isinstance(_judged(LOT, "L" * 40), Again)
    assert isinstance(_judged(PLATE, "P" * 40), Again)
