"""How a scan answers a question for a place or a plate."""

from scanner_app.domain.capture.barcode import Reading, is_sscc
from scanner_app.domain.catalog import PLATES_STACKED_MAX, LocationState
from scanner_app.domain.ledger import is_virtual
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions import ask
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Choice, Place, Text
from scanner_app.workflows.questions.facts import Facts, FoundPlace, Mix
from scanner_app.workflows.questions.goods import found_goods
from scanner_app.workflows.questions.judgement import Accepted, Judgement, Limits, doubt, doubted, refused

PLATE_LENGTH_MAX = 40
_MIXED = {Mix.ITEMS: say.MIXED_ITEMS, Mix.LOTS: say.MIXED_LOTS}


def judge_place(question: ask.AskPlace, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    del limits
    if not facts.places and (value := ask.numbered(question.options).get(reading.text)):
        return Accepted(Choice(value, wall_us))
    count = len(facts.places) + (len(facts.goods) if question.or_goods else 0)
    if count > 1:
        return refused(say.AMBIGUOUS, count=str(count))
    if facts.places:
        return _named_place(question, facts.places[0], wall_us)
    if question.or_goods and facts.goods:
        return found_goods(reading, facts.goods[0], wall_us)
    return refused(_no_place(question, facts))


def _named_place(question: ask.AskPlace, found: FoundPlace, wall_us: int) -> Judgement:
    if question.only not in ("", found.place):
        return refused(say.NOT_THE_SAME)
    return use_place(found, wall_us, question.other_than, question.put)


def _no_place(question: ask.AskPlace, facts: Facts) -> Phrase:
    if not facts.is_known:
        return say.UNKNOWN_CODE
    return say.NOT_HERE if question.or_goods else say.NOT_A_PLACE


def judge_goods(question: ask.AskGoods, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    del limits
    count = len(facts.goods) + len(facts.places)
    if count > 1:
        return refused(say.AMBIGUOUS, count=str(count))
    if facts.places and question.plate and not facts.places[0].is_plate:
        return _whole_plate(question, facts.places[0], wall_us)
    if facts.places:
        return use_place(facts.places[0], wall_us, question.other_than, question.put)
    if facts.goods:
        return found_goods(reading, facts.goods[0], wall_us)
    return refused(say.NOT_HERE if facts.people else say.UNKNOWN_CODE)


def _whole_plate(question: ask.AskGoods, found: FoundPlace, wall_us: int) -> Judgement:
    """A plate that goods were taken from already is moved as a whole only when that is what is meant."""
    if found.place == question.at:
        return refused(say.STANDS_THERE)
    more = [doubt(say.WHOLE_AGAIN)] if question.put else []
    return use_place(found, wall_us, more=more)


def use_place(
    found: FoundPlace, wall_us: int, other_than: str = "", put: str = "", more: list[Said] | None = None
) -> Judgement:
    """Take a place for an answer, unless it is closed or the same; what is out of the ordinary is to be confirmed."""
    if found.place == other_than:
        return refused(say.SAME_PLACE)
    if found.state is LocationState.CLOSED and not found.is_plate:
        return refused(say.CLOSED, place=found.place)
    if found.read_digits not in ("", found.digits):
        return refused(say.WRONG_DIGITS)
    digits = "" if found.read_digits else found.digits
    is_typed = found.is_typed and bool(digits)
    place = Place(found.place, wall_us, is_plate=found.is_plate, digits=digits, is_typed=is_typed)
    return doubted(place, [*(more or []), *_doubts(found, put)])


def _doubts(found: FoundPlace, put: str) -> list[Said]:
    doubts = [doubt(say.PUT_AGAIN, place=put)] if found.place == put else []
    if found.state is not LocationState.OPEN:
        doubts.append(doubt(say.BLOCKED_AGAIN, place=found.at))
    if found.wants_plate:
        doubts.append(doubt(say.PLATES_ONLY))
    if found.mix:
        doubts.append(doubt(_MIXED[found.mix]))
    return doubts


def judge_plate(question: ask.AskPlate, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    del limits
    if len(facts.places) > 1:
        return refused(say.AMBIGUOUS, count=str(len(facts.places)))
    if facts.places:
        return _known_plate(question, facts.places[0], wall_us)
    if facts.is_known:
        return refused(say.NOT_A_PLATE)
    return _new_plate(reading, wall_us) if question.may_be_new else refused(say.UNKNOWN_CODE)


def _known_plate(question: ask.AskPlate, found: FoundPlace, wall_us: int) -> Judgement:
    if not found.is_plate:
        return refused(say.NOT_A_PLATE)
    if question.onto and question.onto in (found.place, *found.carriers):
        return refused(say.CARRIES_IT)
    if question.onto and question.layers + 1 + len(found.carriers) >= PLATES_STACKED_MAX:
        return refused(say.STACKED_TOO_HIGH)
    return use_place(found, wall_us)


def _new_plate(reading: Reading, wall_us: int) -> Judgement:
    """A fresh SSCC is a plate's number and nothing else; any other unknown code is confirmed."""
    sscc = reading.label.sscc if reading.label else reading.text if is_sscc(reading.text) else ""
    if sscc:
        return Accepted(Place(sscc, wall_us, is_plate=True, is_new=True))
    if len(reading.text) > PLATE_LENGTH_MAX or is_virtual(reading.text):
        return refused(say.UNREADABLE)
    return doubted(Place(reading.text, wall_us, is_plate=True, is_new=True), [doubt(say.NEW_PLATE)])


def judge_digits(question: ask.AskDigits, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    """The digits, or the label that holds them beside the name of the place."""
    del limits
    labels = [found.read_digits for found in facts.places if found.place == question.place]
    if question.digits in (reading.text, *labels):
        return Accepted(Text(question.digits, wall_us))
    return refused(say.WRONG_DIGITS)
