"""A supervisor decides on counts: one opened tells all that is known, and is accepted, rejected, or counted again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from scanner_app.domain.desk import marks
from scanner_app.domain.desk.asks import AskCases
from scanner_app.domain.desk.case import Case, CaseKind, Opened
from scanner_app.domain.desk.mate import Mate
from scanner_app.domain.desk.named_code import NamedCode
from scanner_app.domain.desk.opened_claim import (
    BrokenLimit,
    ClaimState,
)
from scanner_app.domain.desk.replies import CasePage, CasesPage
from scanner_app.domain.quantity import SCALE
from scanner_app.session.view.view import View
from scanner_app.workflows.supervise.claim_phrases import LIMITS, MARKS, STATES
from tests.desk import DIGITS, Desk
from tests.desk_counts import AT_US, CLAIM, COUNTED, OPPOSITE, PLATE
from tests.warehouse import PIN

_NAMED = ((3, "RED-BOX"), (4, "BLUE-BOX"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.floor.close()


def opened(desk: Desk, what: Opened) -> View:
    desk.begin("decide")
    desk.answer(CasesPage(cases=(what.case,), waiting=1))
    desk.say("1")
    return desk.answer(CasePage(opened=what))


def facts(desk: Desk) -> list[dict[str, Any]]:
    return [msgspec.json.decode(payload)["fact"] for payload in desk.floor.events()]


def test_the_list_says_money_pieces_place_goods_and_what_matters_most(desk: Desk) -> None:
    desk.begin("decide")
    page = CasesPage(
        cases=(CLAIM, PLATE.case), waiting=12, up=88 * SCALE, down=1_292 * SCALE, after="x", quiet=2, quiet_us=AT_US
    )
    view = desk.answer(page)
    assert view.prompt == "12: -1,204.00. Open one, 0: many."
    assert [line.text for line in view.listed[:2]] == [
        "-620.00 -40 EA A-01-01 100001: ? order not known Glue", "-201.00 B-02-02 P31: plate missing",
    ]  # fmt: skip
    assert any("2 devices last sent" in line.text for line in (*view.lines, *view.listed))


def test_the_list_says_where_the_same_goods_differ_the_other_way_and_what_all_sums_up_to(desk: Desk) -> None:
    desk.begin("decide")
    paired = replace(CLAIM, marks=(marks.PAIR,), pair=OPPOSITE)
    view = desk.answer(CasesPage(cases=(paired, PLATE.case), waiting=2, up=88 * SCALE, down=1_292 * SCALE))
    assert "+40 at A-01-02" in [part.text for part in view.listed[0].parts]
    assert "Up 88.00, down -1,292.00." in [line.text for line in (*view.lines, *view.listed)]


def test_one_opened_tells_all_that_is_known_in_words_of_the_floor(desk: Desk) -> None:
    view = opened(desk, COUNTED)
    assert view.prompt == "1\u00a0accept 2\u00a0recount 3\u00a0reject 4\u00a0later"
    texts = [line.text for line in view.listed]
    for said in (
        "A-01-01 100001", "40 EA fewer than the book", "-400.0 % -620.00", "2 % of the count", "10 EA", "50 EA",
        "Before the count or after? Not known.", "if before: 0", "if after: -40", "+40 EA A-01-02", "----- the count",
    ):  # fmt: skip
        assert said in texts, (said, texts)
    here = texts.index("----- the count")
    assert texts[here - 1].endswith("-6 1001")
    assert texts[here + 1].endswith("-40 1003: late")
    assert ("5", "It was moved") in [(line.label, line.text) for line in view.listed]


@pytest.mark.parametrize(
    ("changed", "is_offered"),
    [({}, True), ({"quiet": ()}, True), ({"doubtful": ()}, True), ({"quiet": (), "doubtful": ()}, False),
     ({"recount_us": 1, "recount_not_by": "1002"}, False)],
    ids=("both", "in doubt", "a device missing", "nothing", "asked for already"),
)  # fmt: skip
def test_a_recount_is_offered_where_the_order_is_not_known_or_a_device_is_missing(
    changed: dict[str, object], is_offered: bool, desk: Desk
) -> None:
    assert COUNTED.claim is not None
    view = opened(desk, replace(COUNTED, claim=replace(COUNTED.claim, **changed)))
    assert ("Not sure: 2 has it counted again." in [line.text for line in view.listed]) == is_offered


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("second", "Two persons count it; one has so far."),
        ("differ", "The two counts differ."),
        ("both", "Two have counted it: see both."),
    ],
)
@pytest.mark.parametrize("difference", [-40, 0], ids=("fewer", "as the book has it"))
def test_what_two_persons_count_says_why_it_waits(difference: int, what: str, said: str, desk: Desk) -> None:
    assert COUNTED.claim is not None
    broken = (BrokenLimit(what=what),)
    case = replace(CLAIM, quantity=difference * SCALE)
    view = opened(desk, replace(COUNTED, case=case, claim=replace(COUNTED.claim, broken=broken)))
    assert said in [line.text for line in view.listed]


def test_where_there_is_no_difference_only_the_order_that_is_not_known_is_told(desk: Desk) -> None:
    view = opened(desk, replace(COUNTED, case=replace(CLAIM, quantity=0, value=0)))
    texts = [line.text for line in view.listed]
    assert {"as the book has it", "Before the count or after? Not known."} <= set(texts)
    assert not [text for text in texts if "%" in text or "tolerance" in text]


def test_accepting_one_takes_five_answers_and_says_what_was_shown(desk: Desk) -> None:
    opened(desk, COUNTED)
    view = desk.say("1", "1", PIN, DIGITS)
    assert view.message == "Accepted: 1. It goes out now."
    (fact,) = facts(desk)
    assert (fact["word"], fact["reason"]) == ("accept", "counted")
    assert fact["subjects"] == [["claim", "claim-1", "v1", 3, -40 * SCALE]]


def test_a_recount_is_asked_for_by_one_number_and_no_pin(desk: Desk) -> None:
    opened(desk, COUNTED)
    view = desk.say("2")
    assert view.message == "To be counted again: 1."
    (fact,) = facts(desk)
    assert (fact["word"], fact["reason"], fact["subjects"][0][:2]) == ("recount", "", ["claim", "claim-1"])


def test_not_now_decides_nothing(desk: Desk) -> None:
    opened(desk, COUNTED)
    desk.say("4")
    assert facts(desk) == []
    assert desk.floor.desk.view().prompt == "Asking the centre. F3: back"


def test_moved_accepts_both_counts_by_one_word_and_moves_nothing(desk: Desk) -> None:
    opened(desk, COUNTED)
    asked = [(line.label, line.text) for line in desk.say("5").listed]
    assert [(label, text.partition(":")[0]) for label, text in asked] == [
        ("", "-620.00 -40 EA A-01-01 100001"), ("Beside", "+40 EA A-01-02"),
    ]  # fmt: skip
    view = desk.say(PIN, DIGITS)
    assert view.message == "Accepted, both: it was moved."
    (fact,) = facts(desk)
    assert (fact["kind"], fact["word"], fact["reason"]) == ("decided", "accept", "moved")
    assert fact["subjects"] == [["claim", "claim-1", "v1", 3, -40 * SCALE], ["claim", "claim-2", "v2", 1, 40 * SCALE]]


@pytest.mark.parametrize(
    ("differs", "called", "said", "reason"),
    [
        ({"lot": "L2"}, "Its label was wrong", "Accepted, both: a wrong label.", "mislabelled"),
        ({"status": "DAMAGED"}, "It was changed", "Accepted, both: it was changed.", "restated"),
        ({"owner": "ACME"}, "It was changed", "Accepted, both: it was changed.", "restated"),
    ],
)
def test_what_differs_in_its_place_was_changed_or_had_a_wrong_label(
    differs: dict[str, str], called: str, said: str, reason: str, desk: Desk
) -> None:
    assert COUNTED.claim
    beside = replace(OPPOSITE, place="A-01-01", **differs)
    view = opened(desk, replace(COUNTED, claim=replace(COUNTED.claim, opposites=(beside,))))
    assert ("5", called) in [(line.label, line.text) for line in view.listed]
    assert desk.say("5", PIN, DIGITS).message == said
    (fact,) = facts(desk)
    assert (fact["kind"], fact["word"], fact["reason"]) == ("decided", "accept", reason)


def test_where_several_differ_the_other_way_it_is_asked_which(desk: Desk) -> None:
    assert COUNTED.claim
    two = (OPPOSITE, replace(OPPOSITE, id="claim-3", place="A-01-03"))
    opened(desk, replace(COUNTED, claim=replace(COUNTED.claim, opposites=two)))
    assert desk.say("5").prompt == "Moved where? Type its number."
    desk.say("2", PIN, DIGITS)
    assert [subject[1] for subject in facts(desk)[0]["subjects"]] == ["claim-1", "claim-3"]


def test_a_word_names_all_that_is_one_row_and_a_recount_only_its_place(desk: Desk) -> None:
    mate = Mate(id="claim-9", version="v9", seen=4, place=CLAIM.place, quantity=-5 * SCALE, status="HOLD")
    whole = replace(COUNTED, case=replace(CLAIM, mates=(mate,)))
    view = opened(desk, whole)
    assert ("With it", "-5 EA A-01-01 HOLD") in [(line.label, line.text) for line in view.listed]
    desk.say("2")
    opened(desk, replace(whole, case=replace(whole.case, id="claim-8")))
    desk.say("1", "1", PIN, DIGITS)
    recount, accept = facts(desk)
    assert [subject[1] for subject in recount["subjects"]] == [CLAIM.id]
    assert [subject[1:4] for subject in accept["subjects"]][1] == ["claim-9", "v9", 4]


@pytest.mark.parametrize("mark", marks.LEFT_OUT)
def test_what_somebody_should_look_at_is_not_accepted_as_moved_beside_another(mark: str, desk: Desk) -> None:
    assert COUNTED.claim
    marked = (replace(OPPOSITE, marks=(mark,)),)
    view = opened(desk, replace(COUNTED, claim=replace(COUNTED.claim, opposites=marked)))
    assert "It was moved" not in [line.text for line in view.listed]


def test_ones_own_is_shown_with_who_can_and_takes_no_word(desk: Desk) -> None:
    assert COUNTED.claim
    own = replace(CLAIM, marks=(marks.YOURS,))
    view = opened(desk, replace(COUNTED, case=own, words=(), claim=replace(COUNTED.claim, may_decide=("2002", "2003"))))
    assert view.prompt == "Not decided here. 9: back to the list."
    assert ("May", "2002 2003") in [(line.label, line.text) for line in view.listed]
    desk.say("1", "3")
    assert facts(desk) == []


def test_a_missing_plate_is_looked_for_again_without_a_pin(desk: Desk) -> None:
    view = opened(desk, PLATE)
    assert "3 EA 100001 Glue" in [line.text for line in view.listed]
    assert desk.say("1").message == "To be looked for again."
    (fact,) = facts(desk)
    assert (fact["word"], fact["subjects"]) == ("recount", [["plate", "P31", "closing-1", 0, 0]])


def test_a_lost_plate_is_closed_empty_by_whoever_says_so(desk: Desk) -> None:
    opened(desk, PLATE)
    view = desk.say("2")
    assert [line.text for line in (*view.lines, *view.listed) if line.label == "Plate"] == ["P31 B-02-02"]
    view = desk.say(PIN, DIGITS)
    assert view.message == "Lost. Somebody else decides its goods."
    (fact,) = facts(desk)
    assert (fact["kind"], fact["closing"]["place"], fact["closing"]["lines"]) == ("count_closed", "P31", 0)
    assert fact["closing"]["begun_us"] == fact["closing"]["wall_us"]
    assert fact["closing"]["count"]


def test_who_said_that_a_plate_is_lost_sees_all_that_waits_but_that(desk: Desk) -> None:
    opened(desk, PLATE)
    desk.say("2", PIN, DIGITS)
    asked = desk.asked[-1].ask
    assert isinstance(asked, AskCases)
    assert asked.hidden == (), "they counted nowhere"
    view = desk.answer(CasesPage(cases=(PLATE.case, CLAIM), waiting=2))
    assert [line.label for line in view.listed if "P31" in line.text] == []
    assert view.prompt.startswith("1: ")


def test_an_unknown_code_is_named_or_is_no_stock(desk: Desk) -> None:
    line = Case(kind=CaseKind.UNKNOWN_CODE, id="line-1", place="A-01-01", item="40063813", note="blue box")
    view = opened(desk, Opened(case=line, words=("void", "identify"), codes=("40063813",)))
    listed = [(line.label, line.text) for line in view.listed]
    assert ("Note", "blue box") in listed
    assert ("2", "It is no stock") in listed
    desk.say("2", "1", PIN, DIGITS)
    (fact,) = facts(desk)
    assert (fact["word"], fact["subjects"][0][:2]) == ("void", ["event", "line-1"])


def test_a_code_that_somebody_has_named_is_named_otherwise_from_the_count(desk: Desk) -> None:
    named = tuple(NamedCode(event=f"line-{n}", code=code, item="100001", quantity=n * SCALE) for n, code in _NAMED)
    view = opened(desk, replace(COUNTED, words=(*COUNTED.words, "identify"), named=named))
    assert view.prompt == "1\u00a0accept 2\u00a0recount 3\u00a0reject 4\u00a0later"
    assert ("6", "It is another item") in [(line.label, line.text) for line in view.listed]
    view = desk.say("6")
    assert [line.text for line in view.listed] == ["RED-BOX 3: was named 100001", "BLUE-BOX 4: was named 100001"]
    desk.say("2", "100004", "1", PIN, DIGITS)
    (fact,) = facts(desk)
    assert (fact["kind"], fact["what"], fact["code"], fact["item"]) == ("identified", "line-4", "BLUE-BOX", "100004")


def test_of_what_is_held_also_the_code_that_was_named_is_named_anew(desk: Desk) -> None:
    case = Case(kind=CaseKind.HELD, id="line-1", place="A-01-01", item="RED-BOX")
    named = (NamedCode(event="line-1", code="RED-BOX", item="100001"),)
    opened(desk, Opened(case=case, words=("release", "void", "identify"), named=named))
    assert desk.say("5").prompt == "Which item is it? Scan or type it."
    assert ("Code", "RED-BOX: was named 100001") in [(line.label, line.text) for line in desk.floor.desk.view().listed]


def test_a_code_that_was_met_before_is_the_same_item_by_one_number(desk: Desk) -> None:
    line = Case(kind=CaseKind.UNKNOWN_CODE, id="line-1", place="A-01-01", item="RED-BOX")
    before = (NamedCode(code="RED-BOX", item="100004", unit="CS"),)
    case = Opened(case=line, words=("void", "identify"), codes=("RED-BOX",), known_as=before)
    opened(desk, case)
    assert desk.say("1").prompt == "Met before. The same item?"
    desk.say("1", "1", PIN, DIGITS)
    opened(desk, replace(case, case=replace(line, id="line-2")))
    desk.say("1", "2", "100001", "1", PIN, DIGITS)
    assert [(one["what"], one["item"], one["unit"]) for one in facts(desk)] == [
        ("line-1", "100004", "CS"), ("line-2", "100001", ""),
    ]  # fmt: skip


def test_a_code_that_was_named_is_named_anew_from_its_list(desk: Desk) -> None:
    case = Case(kind=CaseKind.NAMED_CODE, id="line-1", place="A-01-01", item="100001", note="RED-BOX", quantity=SCALE)
    named = (NamedCode(code="RED-BOX", item="100001", event="line-1", quantity=SCALE),)
    desk.begin("decide")
    desk.answer(CasesPage())
    kinds = {line.text: line.label for line in desk.say(".f", "1").listed}
    desk.say(kinds["code was named"])
    assert desk.asked[-1].ask == AskCases(kind="named_code")
    view = desk.answer(CasesPage(cases=(case,), waiting=1))
    assert "Many at once" not in [line.text for line in view.listed], "no word may be said on it"
    desk.say("1")
    view = desk.answer(CasePage(opened=Opened(case=case, words=("identify",), named=named)))
    assert {"RED-BOX", "It is another item", "Not now"} <= {line.text for line in (*view.lines, *view.listed)}
    desk.say("1", "100004", "1", PIN, DIGITS)
    (fact,) = facts(desk)
    assert (fact["kind"], fact["what"], fact["code"], fact["item"]) == ("identified", "line-1", "RED-BOX", "100004")


def test_many_are_accepted_but_what_somebody_should_look_at(desk: Desk) -> None:
    cases = [replace(CLAIM, id=f"c-{number}", marks=(), value=number * SCALE) for number in range(9, 0, -1)]
    marked = [replace(CLAIM, id=mark, marks=(mark,)) for mark in marks.LEFT_OUT]
    desk.begin("decide")
    desk.answer(CasesPage(cases=(*marked, *cases), waiting=14))
    view = desk.say("0", "1", "1", "1")
    assert view.prompt == "Your PIN, for 9 at once."
    left_out = [line.text for line in view.listed if line.label == "Left out"]
    assert left_out == [f"1: {MARKS[mark].text}" for mark in MARKS if mark in marks.LEFT_OUT]
    desk.say(PIN, DIGITS)
    (fact,) = facts(desk)
    assert [subject[1] for subject in fact["subjects"]] == [f"c-{number}" for number in range(9, 0, -1)]


def test_many_have_the_numbers_that_the_words_have_on_a_count(desk: Desk) -> None:
    desk.begin("decide")
    kinds = (CaseKind.EXCEPTION, CaseKind.HELD, CaseKind.QUARANTINED, CaseKind.CLAIM)
    desk.answer(CasesPage(cases=tuple(replace(CLAIM, id=kind, kind=kind) for kind in kinds), waiting=4))
    numbers = {line.label: line.text for line in desk.say("0").listed}
    assert numbers == {
        "1": "Accept: so it is", "2": "Count it again", "3": "Reject: not so",
        "4": "Seen: may stay", "5": "Release: book it", "6": "Void: no effect", "7": "Let in: book it",
    }  # fmt: skip


def test_what_was_said_is_left_out_of_the_sum_at_once(desk: Desk) -> None:
    one, other = (replace(CLAIM, id=f"c-{n}", value=n * SCALE, quantity=-SCALE, marks=()) for n in (100, 7))
    page = CasesPage(cases=(one, other), waiting=12, up=88 * SCALE, down=1_292 * SCALE, after="x")
    desk.begin("decide")
    desk.answer(page)
    desk.say("1")
    desk.answer(CasePage(opened=replace(COUNTED, case=one)))
    desk.say("3", "1", PIN, DIGITS)
    view = desk.answer(page)
    assert view.prompt == "11: -1,104.00. Open one, 0: many."
    assert "Up 88.00, down -1,192.00." in [line.text for line in (*view.lines, *view.listed)]


def test_many_are_counted_again_without_a_pin_also_what_is_in_doubt(desk: Desk) -> None:
    desk.begin("decide")
    desk.answer(CasesPage(cases=(CLAIM, replace(CLAIM, id="own", marks=(marks.YOURS,))), waiting=2))
    assert desk.say("0", "2", "1").message == "To be counted again: 1."
    assert [subject[1] for subject in facts(desk)[0]["subjects"]] == ["claim-1"]


def test_every_mark_limit_and_state_has_its_words() -> None:
    named = {value for name, value in vars(marks).items() if name.isupper() and isinstance(value, str)}
    assert set(MARKS) == named
    assert set(STATES) == set(ClaimState)
    assert {"percent", "quantity", "value", "none", "no_cost"} == set(LIMITS)


@pytest.mark.parametrize("found", [-40, 7], ids=("fewer", "more"))
def test_who_counts_a_place_is_told_nothing_of_it_at_the_desk_either(found: int, desk: Desk) -> None:
    desk.say(".m", "8", "A-01-02", "100004", "3", ".m")
    own = replace(CLAIM, place="A-01-02", quantity=found * SCALE, value=abs(found) * SCALE, marks=(marks.YOURS,))
    desk.begin("decide")
    beside = replace(CLAIM, marks=(marks.DOUBT, marks.PAIR), pair=OPPOSITE)
    view = desk.answer(CasesPage(cases=(own, beside), waiting=2, up=max(found, 0) * SCALE, down=620 * SCALE))
    assert view.prompt == "1: -620.00. Open one, 0: many."
    assert not any("A-01-02" in part.text for line in view.listed for part in line.parts)
    assert not any("620.00." in line.text for line in view.listed), "nor what all of it sums up to"
    assert [line.text for line in view.listed[:2]] == [
        "-620.00 -40 EA A-01-01 100001: ? order not known Glue", "Many at once",
    ]  # fmt: skip
    desk.say("1")
    view = desk.answer(CasePage(opened=COUNTED))
    assert not any("A-01-02" in line.text for line in view.listed), "nor what differs the other way there"
