"""Which plate: a license plate, maybe a new one."""

from typing import ClassVar

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.catalog import PLATES_STACKED_MAX
from scanner_app.domain.check_digit import is_sscc
from scanner_app.domain.codes import PRINTED_LENGTH_MAX, code_fault
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Place
from scanner_app.workflows.questions.facts import Facts, KnownPlace, Wanted
from scanner_app.workflows.questions.judgement import Accepted, Judgement, doubt, doubted, refused
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.misread import misread
from scanner_app.workflows.questions.place_check import use_place
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import PLATE, Examples


class AskPlate(Question, frozen=True, kw_only=True):
    """A license plate, maybe a new one; with ``onto`` one that the plate ``onto`` can stand on.

    ``layers`` is how many plates are stacked on ``onto``.
    """

    may_be_new: bool = False
    onto: str = ""
    layers: int = 0

    forms: ClassVar[tuple[Phrase, ...]] = (say.CODE,)
    takes_labels: ClassVar[bool] = True

    @property
    def wanted(self) -> Wanted:
        return Wanted(places=True, checked=True)

    def takes_unknown(self, text: str) -> bool:
        del text
        return True

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del limits
        if len(facts.places) > 1:
            return refused(say.AMBIGUOUS, count=str(len(facts.places)))
        if facts.places:
            return self._known_plate(facts.places[0], wall_us)
        if facts.is_known:
            return misread(facts)
        return _new_plate(reading, wall_us) if self.may_be_new else refused(say.UNKNOWN_CODE)

    def _known_plate(self, plate: KnownPlace, wall_us: int) -> Judgement:
        if not plate.is_plate:
            return refused(say.IS_PLACE)
        if self.onto and self.onto in (plate.place, *plate.carriers):
            return refused(say.CARRIES_IT)
        if self.onto and self.layers + 1 + len(plate.carriers) >= PLATES_STACKED_MAX:
            return refused(say.STACKED_TOO_HIGH)
        return use_place(plate, wall_us)

    @property
    def wants(self) -> Phrase:
        return say.WANT_PLATE

    def examples(self) -> Examples:
        new: Examples = (("a new plate", Place(PLATE.place, is_plate=True, is_new=True)),) if self.may_be_new else ()
        return ("a plate", PLATE), *new


def _new_plate(reading: Reading, wall_us: int) -> Judgement:
    """A fresh SSCC is a plate's number and nothing else; any other unknown code is confirmed."""
    sscc = reading.label.sscc if reading.label else reading.text if is_sscc(reading.text) else ""
    if sscc:
        return Accepted(Place(sscc, wall_us, is_plate=True, is_new=True))
    if code_fault(reading.text, PRINTED_LENGTH_MAX):
        return refused(say.NO_CODE)
    return doubted(Place(reading.text, wall_us, is_plate=True, is_new=True), [doubt(say.NEW_PLATE)])
