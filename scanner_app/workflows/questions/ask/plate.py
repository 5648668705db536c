"""Which plate: a license plate, maybe a new one."""

from typing import ClassVar

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.catalog import PLATES_STACKED_MAX
from scanner_app.domain.check_digit import is_sscc, looks_like_sscc
from scanner_app.domain.codes import PRINTED_LENGTH_MAX, code_fault
from scanner_app.domain.recognition.label import Label, Why
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Place
from scanner_app.workflows.questions.facts import Facts, KnownPlace, Wanted
from scanner_app.workflows.questions.judgement import Accepted, Judgement, doubt, doubted, refused
from scanner_app.workflows.questions.label_phrases import WRONG_DIGIT
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.misread import OF_LABELS, misread, unknown
from scanner_app.workflows.questions.place_check import use_place
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import PLATE, Examples
from scanner_app.workflows.questions.several import several


class AskPlate(Question, frozen=True, kw_only=True):
    """A license plate, maybe a new one; with ``onto`` one that the plate ``onto`` can stand on.

    ``layers`` is how many plates are stacked on ``onto``.
    """

    may_be_new: bool = False
    onto: str = ""
    layers: int = 0

    forms: ClassVar[tuple[Phrase, ...]] = (say.CODE,)
    takes_labels: ClassVar[bool] = True
    minds: ClassVar[frozenset[Why]] = OF_LABELS

    @property
    def wanted(self) -> Wanted:
        return Wanted(places=True, checked=True)

    def takes_unknown(self, text: str) -> bool:
        del text
        return True

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del limits
        plates = [place for place in facts.places if place.is_plate]
        if len(plates) > 1:
            return several(plates, ())
        if facts.places:
            return self._known_plate(plates[0] if plates else facts.places[0], wall_us)
        label = reading.label or Label()
        if not self.may_be_new or ((facts.is_known or label.is_of_goods) and not label.sscc):
            return misread(facts, unknown(reading))
        return _new_plate(reading, label.sscc, wall_us)

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


def _new_plate(reading: Reading, sscc: str, wall_us: int) -> Judgement:
    """A fresh SSCC is a plate's number and nothing else; any other unknown code is confirmed."""
    if sscc or is_sscc(reading.text):
        return Accepted(Place(sscc or reading.text, wall_us, is_plate=True, is_new=True))
    if looks_like_sscc(reading.text):
        return refused(WRONG_DIGIT)
    if code_fault(reading.text, PRINTED_LENGTH_MAX):
        return refused(say.NO_CODE)
    return doubted(Place(reading.text, wall_us, is_plate=True, is_new=True), [doubt(say.NEW_PLATE)])
