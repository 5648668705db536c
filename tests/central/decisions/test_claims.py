"""Claims at the desk: listed by money, opened with all that is known, decided by others than who counted."""

from typing import Any

import msgspec
import pytest
from sqlalchemy import select, text, update

from scanner_app.domain.catalog import Item, Tolerance, Unit
from scanner_app.domain.counting.identity import claim_id, count_name
from scanner_app.domain.desk import marks
from scanner_app.domain.desk.case import CaseKind, Opened
from scanner_app.domain.desk.named_code import NamedCode
from scanner_app.domain.desk.opened_claim import BrokenLimit, ClaimState, Opposite
from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.identified import Identified
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.plate_moved import PlateMoved
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.events.sighted import Sighted
from scanner_app.domain.people import Operator
from scanner_app.domain.quantity import SCALE
from scanner_app.domain.task import COUNT, LOOK, Task
from scanner_app.domain.work.plan import PRIORITY_OF_WORDS
from sync.central.audit.verification import verify
from sync.central.database.master_tables import BY_STRUCT, cells
from sync.central.database.store import CentralStore
from sync.central.database.tables import missing_plates, words
from tests.central.claims import AT_US, DESK, MINUTE_US, Centre, closed, line, subject
from tests.central.intake.test_statements import counted
from tests.central.warehouse import OTHER, SENDER, SITE, key, move

_operators, _items, _units, _tolerances = (BY_STRUCT[struct].table for struct in (Operator, Item, Unit, Tolerance))
_FIVE = dict(zip(BY_STRUCT[Tolerance].fields, cells(Tolerance("five", quantity=5 * SCALE)), strict=True))
DAY_US = 24 * 3600 * 1_000_000


@pytest.fixture
def centre(store: CentralStore) -> Centre:
    return Centre(store)


def test_what_differs_is_listed_by_money_with_what_was_counted_and_what_the_book_had(centre: Centre) -> None:
    centre.count(line("c1", 90))
    centre.count(line("c2", 60, "B", at_us=AT_US + 1))
    page = centre.cases()
    shown = [(case.place, case.item, case.counted, case.book, case.quantity, case.signed_value) for case in page.cases]
    assert shown == [
        ("A", "NUT", 90 * SCALE, 100 * SCALE, -10 * SCALE, -20 * SCALE),
        ("B", "NUT", 60 * SCALE, 50_500_000, 9_500_000, 19 * SCALE),
    ]
    assert (page.waiting, page.up, page.down) == (2, 19 * SCALE, 20 * SCALE)
    assert [case.happened_us for case in page.cases] == [AT_US, AT_US + 1]
    assert page.alone == ""


def test_one_that_is_accepted_is_in_the_book_and_off_the_list(centre: Centre) -> None:
    centre.count(line("c1", 90))
    (case,) = centre.cases().cases
    opened = centre.opened(case.id)
    assert opened.words == ("accept", "recount", "reject")
    claim = opened.claim
    assert claim is not None
    assert (claim.counted, claim.book, claim.book_now, claim.book_after) == (
        90 * SCALE, 100 * SCALE, 100 * SCALE, 90 * SCALE
    )  # fmt: skip
    assert (claim.operators, claim.begun_us, claim.ended_us) == (("w1",), AT_US - MINUTE_US, AT_US)
    assert claim.broken == (BrokenLimit(what="none"),)
    assert claim.percent == 10 * 100 * SCALE // 90
    assert centre.say("accept", subject(case)) == ()
    assert centre.cases().cases == ()
    assert centre.held(key("A")) == 90
    assert verify(centre.store) == []


def test_what_the_book_will_hold_comes_from_the_walk(centre: Centre) -> None:
    """A later count that is exact by the book of today would be another one behind what is accepted before it."""
    centre.count(line("c1", 90))
    centre.count(move("A", "B", 5, at_us=AT_US + 1))
    (case,) = centre.cases().cases
    claim = centre.opened(case.id).claim
    assert claim is not None
    assert (claim.book_now // SCALE, claim.book_after // SCALE) == (95, 85)
    centre.count(line("c2", 95, at_us=AT_US + 10 * MINUTE_US))
    claim = centre.opened(case.id).claim
    assert claim is not None
    assert claim.book_after // SCALE == 85, "the second falls: nothing but the book let it stand"


def test_a_closing_that_made_no_difference_may_make_one_of_what_the_book_will_hold(centre: Centre) -> None:
    """Three were counted, and then none, as the book has it: that is a difference of three, within what is allowed."""
    centre.count(move("A", "B", 100, at_us=AT_US - 30 * MINUTE_US))
    centre.count(line("c1", 3))
    with centre.store.writing() as connection:
        connection.execute(_tolerances.insert().values(site=SITE, version=0, **_FIVE))
    centre.count(closed("c2", at_us=AT_US + 10 * MINUTE_US))
    case = next(case for case in centre.cases().cases if case.item == "NUT")
    claim = centre.opened(case.id).claim
    assert claim is not None
    assert (claim.counted // SCALE, claim.book_after // SCALE) == (3, 0)
    assert centre.say("accept", subject(case)) == ()
    assert centre.held(key("A")) == 0


@pytest.mark.parametrize(("by", "why"), [("w1", "no_right"), ("s1", ""), ("s2", "")])
def test_whoever_may_decide_does(centre: Centre, by: str, why: str) -> None:
    centre.count(line("c1", 90))
    (case,) = centre.cases().cases
    assert centre.say("accept", subject(case), by=by) == ((why,) if why else ())


@pytest.mark.parametrize("counter", ["s1", "w9"])
def test_nobody_decides_their_own_at_whatever_badge(centre: Centre, counter: str) -> None:
    centre.count(line("c1", 90), counter)
    (case,) = centre.cases().cases
    assert marks.YOURS in case.marks
    opened = centre.opened(case.id)
    assert opened.words == ()
    assert opened.claim is not None
    assert opened.claim.may_decide == ("s2",)
    assert centre.say("accept", subject(case)) == ("own",)
    assert centre.back() == [("s1", "own", "", "NUT")]
    assert marks.YOURS not in centre.cases("s2").cases[0].marks
    assert centre.say("accept", subject(case), by="s2") == ()


def test_a_line_of_ones_own_that_arrives_with_the_word_is_ones_own(centre: Centre) -> None:
    first, second = centre.made(line("c1", 90), "w1", OTHER), centre.made(line("c1", 3), "s1", OTHER)
    name = claim_id(count_name(OTHER.device, "c1"), key("A"))
    said = centre.made(Decided(AT_US, "accept", (Subject("claim", name, "v"),)), "s1", OTHER)
    centre.push(first, sender=OTHER)
    answers = centre.push(second, said, sender=OTHER)
    assert answers[1].reasons == ("own",)


def test_a_word_on_a_claim_that_comes_later_has_nothing_to_rule(centre: Centre) -> None:
    name = claim_id(count_name(SENDER.device, "c1"), key("A"))
    assert centre.say("accept", Subject("claim", name, "v")) == ("unknown_subject",)
    centre.count(line("c1", 90), "s1")
    assert len(centre.cases().cases) == 1


def test_whoever_said_what_a_code_is_does_not_accept_the_line(centre: Centre) -> None:
    counted = centre.count(line("c1", 5, item="4006381333931", code="4006381333931", word="red box"))
    (case,) = centre.cases(kind=CaseKind.UNKNOWN_CODE).cases
    assert (case.item, case.note, case.quantity, case.place) == ("4006381333931", "red box", 5 * SCALE, "A")
    assert centre.cases(kind=CaseKind.HELD).cases == ()
    opened = centre.opened(counted.id, CaseKind.UNKNOWN_CODE)
    assert (opened.words, opened.codes) == (("void", "identify"), ("4006381333931",))
    centre.push(centre.made(Identified(AT_US, counted.id, "4006381333931", "BOLT"), "s1", DESK), sender=DESK)
    assert centre.cases(kind=CaseKind.UNKNOWN_CODE).cases == ()
    (claim,) = centre.cases().cases
    assert (claim.item, claim.marks) == ("BOLT", (marks.YOURS, marks.BEING_COUNTED))
    assert centre.back() == [("w1", "", "s1", "?4006381333931 BOLT")], "the counter is told what it is"
    assert centre.say("accept", subject(claim)) == ("own",)
    assert centre.say("accept", subject(claim), by="s2") == ()
    assert centre.held(key("A", "BOLT")) == 5


def test_a_code_of_a_line_in_the_book_is_named_anew_by_somebody_else_from_the_claim(centre: Centre) -> None:
    counted = centre.count(line("c1", 5, item="ODD", code="ODD"))
    centre.push(centre.made(Identified(AT_US, counted.id, "ODD", "BOLT"), "s1", DESK), sender=DESK)
    (claim,) = centre.cases().cases
    assert centre.opened(claim.id).words == (), "whoever has named it does not name it again"
    opened = centre.opened(claim.id, by="s2")
    assert opened.words == ("accept", "recount", "reject", "identify")
    assert opened.named == (NamedCode(event=counted.id, code="ODD", item="BOLT", quantity=5 * SCALE),)
    centre.push(centre.made(Identified(AT_US, counted.id, "ODD", "NUT"), "s2", DESK), sender=DESK)
    (claim,) = centre.cases(by="s1").cases
    assert (claim.item, claim.counted, claim.quantity) == ("NUT", 5 * SCALE, -95 * SCALE)


def test_a_code_that_stands_in_the_book_is_listed_for_who_asks_and_named_anew_by_somebody_else(centre: Centre) -> None:
    first, second = (centre.count(line(f"c{n}", n, item=f"ODD-{n}", code=f"ODD-{n}")) for n in (1, 2))
    for one, code in ((second, "ODD-2"), (first, "ODD-1")):
        centre.push(centre.made(Identified(AT_US, one.id, code, "BOLT"), "s1", DESK), sender=DESK)
    for case in centre.cases("s2").cases:
        assert centre.say("accept", subject(case), by="s2") == ()
    assert centre.cases("s2").cases == (), "what is named and stands waits for nobody"
    newest, older = centre.cases("s2", kind=CaseKind.NAMED_CODE).cases
    assert [(one.id, one.item, one.note, one.counted, one.value, one.marks) for one in (newest, older)] == [
        (first.id, "BOLT", "ODD-1", SCALE, 0, ()), (second.id, "BOLT", "ODD-2", 2 * SCALE, 0, ()),
    ]  # fmt: skip
    page = centre.cases("s2", kind=CaseKind.NAMED_CODE, rows_max=1)
    assert (page.waiting, page.up, page.down) == (2, 0, 0), "they are sorted by words, and worth nothing"
    assert centre.cases("s2", kind=CaseKind.NAMED_CODE, rows_max=1, after=page.after).cases == (older,)
    assert [one.marks for one in centre.cases("s1", kind=CaseKind.NAMED_CODE).cases] == [(marks.YOURS,)] * 2
    assert centre.opened(older.id, CaseKind.NAMED_CODE, by="s1").words == ()
    opened = centre.opened(older.id, CaseKind.NAMED_CODE, by="s2")
    assert (opened.words, opened.named) == (
        ("identify",), (NamedCode(event=second.id, code="ODD-2", item="BOLT", quantity=2 * SCALE),)
    )  # fmt: skip
    centre.push(centre.made(Identified(AT_US, second.id, "ODD-2", "NUT"), "s2", DESK), sender=DESK)
    told = "by another version no word rules, and the count before it is the newest of BOLT again"
    assert [one.item for one in centre.cases("s1").cases] == ["NUT", "BOLT"], told
    assert [one.note for one in centre.cases("s1", kind=CaseKind.NAMED_CODE).cases] == ["ODD-2", "ODD-1"]


def test_a_code_that_was_named_and_still_cannot_be_booked_is_named_anew(centre: Centre) -> None:
    counted = centre.count(line("c1", 5, item="ODD", code="ODD"))
    with centre.store.writing() as connection:
        connection.execute(update(_items).where(_items.c.item == "BOLT").values(base_unit="BOX"))
    centre.push(centre.made(Identified(AT_US, counted.id, "ODD", "BOLT"), "s1", DESK), sender=DESK)
    (case,) = centre.cases(kind=CaseKind.HELD).cases
    opened = centre.opened(case.id, CaseKind.HELD, by="s2")
    assert (opened.words, opened.codes) == (("release", "void", "identify"), ())
    assert opened.named == (NamedCode(event=counted.id, code="ODD", item="BOLT"),)
    centre.push(centre.made(Identified(AT_US, counted.id, "ODD", "NUT"), "s2", DESK), sender=DESK)
    assert [one.item for one in centre.cases(by="s2").cases] == ["NUT"]


def test_a_code_that_is_met_again_tells_what_it_was_said_to_be_last(centre: Centre) -> None:
    def met(count: str) -> Opened:
        one = centre.count(line(count, 5, item="ODD", code="ODD"))
        opened = centre.opened(one.id, CaseKind.UNKNOWN_CODE)
        said = ("BOLT", "") if count == "c1" else ("NUT", "CS")
        centre.push(centre.made(Identified(AT_US, one.id, "ODD", *said), "s1", DESK), sender=DESK)
        return opened

    assert met("c1").known_as == ()
    assert met("c2").known_as == (NamedCode(code="ODD", item="BOLT"),)
    assert met("c3").known_as == (NamedCode(code="ODD", item="NUT", unit="CS"),)
    with centre.store.writing() as connection:
        connection.execute(update(_units).values(active=False))
    assert met("c4").known_as == (), "nobody can count in that unit any more"


def test_what_was_not_taken_comes_back_to_who_counted_it(centre: Centre) -> None:
    centre.count(line("c1", 90))
    (case,) = centre.cases().cases
    assert centre.say("reject", subject(case)) == ()
    assert centre.back() == [("w1", "not_taken", "s1", "NUT")]
    assert centre.cases().cases == ()
    assert centre.held(key("A")) == 100


def test_the_first_word_rules_and_the_second_is_told_by_whom(centre: Centre) -> None:
    centre.count(line("c1", 90))
    (case,) = centre.cases().cases
    assert centre.say("accept", subject(case)) == ()
    assert centre.say("reject", subject(case), by="s2") == ("already_decided",)
    assert centre.back() == [("s2", "already_decided", "s1", "NUT")]
    assert centre.held(key("A")) == 90


def test_accept_and_reject_in_one_event_are_the_authors_own_and_the_later_rules(centre: Centre) -> None:
    centre.count(line("c1", 90))
    (case,) = centre.cases().cases
    assert centre.say("accept", subject(case), subject(case)) == ()
    assert centre.say("reject", subject(case)) == ()
    assert centre.held(key("A")) == 100


def test_a_withdrawal_lets_it_wait_again(centre: Centre) -> None:
    centre.count(line("c1", 90))
    (case,) = centre.cases().cases
    centre.say("accept", subject(case))
    assert centre.say("withdraw", subject(case, seen=1)) == ()
    (again,) = centre.cases().cases
    assert (again.id, again.seen) == (case.id, 2)
    assert centre.held(key("A")) == 100
    assert verify(centre.store) == []


def test_a_closing_as_a_whole_is_a_word_on_each_of_its_claims_and_each_must_have_seen_the_other(centre: Centre) -> None:
    closing = centre.count(closed("c1"))
    by_item = {case.item: case for case in centre.cases().cases}
    assert by_item.keys() == {"NUT", "GLUE"}
    opened = centre.opened(by_item["NUT"].id).claim
    assert opened is not None
    assert (opened.is_nothing, opened.closing) == (True, closing.id)
    assert centre.say("accept", subject(by_item["NUT"])) == ()
    whole = Subject("closing", closing.id, closing.id)
    assert centre.say("reject", whole, by="s2") == ("already_decided",)
    assert centre.say("accept", msgspec.structs.replace(whole, seen=1), by="s2") == ()
    assert centre.say("reject", subject(by_item["GLUE"])) == ("already_decided",)
    assert (centre.held(key("A")), centre.held(key("A", "GLUE", lot="L1"))) == (0, 0)
    centre.push(centre.made(move("B", "A", 2, at_us=AT_US - 2 * MINUTE_US)))
    assert centre.held(key("A")) == 0, "what nobody knew of yet is of the word, too"
    assert verify(centre.store) == []


def test_a_closing_of_ones_own_is_not_decided_as_a_whole(centre: Centre) -> None:
    closing = centre.count(closed("c1"), "s1")
    assert centre.say("accept", Subject("closing", closing.id, closing.id)) == ("own",)
    lines = centre.made(line("c2", 4, "B"), "s1"), centre.made(closed("c2", "B", lines=1), "w1")
    centre.push(*lines)
    assert centre.say("accept", Subject("closing", lines[1].id, lines[1].id)) == ("own",)


def test_a_recount_is_a_task_for_all_but_the_counter_until_it_is_counted(centre: Centre) -> None:
    centre.count(line("c1", 90))
    (case,) = centre.cases().cases
    assert centre.say("recount", subject(case)) == ()
    (task,) = centre.tasks()
    assert task == Task(f"@{case.id}", COUNT, "A", "NUT", AT_US, "w1", zone="pick", walk=1, priority=PRIORITY_OF_WORDS)
    assert task.recounts == case.id
    assert marks.RECOUNT in centre.cases().cases[0].marks
    claim = centre.opened(case.id).claim
    assert claim is not None
    assert (claim.recount_us, claim.recount_not_by) == (AT_US, "w1")
    centre.count(line("c2", 90, at_us=AT_US + 1), "w1")
    assert centre.tasks()[0].active, "not by who counted first"
    centre.count(line("c3", 90, item="BOLT", at_us=AT_US + 2), "w2")
    assert centre.tasks()[0].active, "not of another item"
    centre.count(line("c4", 90, at_us=AT_US + 3, recounts=case.id), "w2")
    assert not centre.tasks()[0].active
    assert centre.say("accept", subject(case, seen=1), by="s2") == ()


def test_who_had_not_seen_that_somebody_asked_for_a_recount_is_told(centre: Centre) -> None:
    centre.count(line("c1", 90))
    (case,) = centre.cases().cases
    centre.say("recount", subject(case))
    assert centre.say("accept", subject(case), by="s2") == ("already_decided",)
    assert centre.cases().cases[0].seen == 1


def test_where_late_facts_have_changed_it_the_word_rules_and_its_author_is_told(centre: Centre) -> None:
    centre.count(line("c1", 90))
    (case,) = centre.cases().cases
    centre.push(centre.made(move("A", "B", 4, at_us=AT_US - 5 * MINUTE_US)))
    assert centre.say("accept", subject(case)) == ()
    assert centre.back() == [("s1", "amount_changed", "", "NUT")]
    assert centre.held(key("A")) == 90
    (again,) = centre.cases("s2").cases
    assert (again.quantity // SCALE, marks.CHANGED in again.marks) == (-6, True)
    opened = centre.opened(again.id, by="s2")
    assert opened.words == ("accept", "recount", "reject", "withdraw")
    assert opened.claim is not None
    assert opened.claim.was_shown == -10 * SCALE
    assert [(one.quantity // SCALE, one.side, one.is_late) for one in opened.movements if one.kind == "moved"] == [
        (-4, "before", False)
    ]
    assert centre.say("accept", subject(again), by="s2") == ()
    assert centre.cases("s2").cases == ()


def test_where_nothing_differs_any_more_its_author_is_told(centre: Centre) -> None:
    centre.count(line("c1", 90))
    (case,) = centre.cases().cases
    centre.push(centre.made(move("A", "B", 10, at_us=AT_US - 5 * MINUTE_US)))
    assert centre.cases().cases == ()
    assert centre.say("accept", subject(case)) == ()
    assert centre.back() == [("s1", "nothing_left", "", "NUT")]
    assert centre.held(key("A")) == 90


def test_a_count_that_goes_on_is_marked_and_so_is_a_device_that_has_not_told_all(centre: Centre) -> None:
    centre.count(line("c1", 90))
    assert marks.BEING_COUNTED in centre.cases().cases[0].marks
    assert marks.BEING_COUNTED not in centre.cases(now_us=AT_US + 3 * 3600 * 1_000_000).cases[0].marks
    centre.count(closed("c1", lines=1, at_us=AT_US + 1))
    assert [case.marks for case in centre.cases().cases] == [(marks.PLATES_MISSING,)] * 2
    with centre.store.writing() as connection:
        columns = "site, device, epoch, name, token_hash, revoked, enrolled_us, pushed_us, watermark_us, offset_us, "
        columns += "uncertainty_us, program, protocol, operator"
        values = f"'{SITE}', 'd1', 1, 'Handheld 1', '', false, 0, {AT_US}, {AT_US - 5}, 0, 0, 'p', 3, ''"
        connection.execute(text(f"INSERT INTO devices ({columns}) VALUES ({values})"))
    page = centre.cases()
    assert {case.marks for case in page.cases} == {(marks.QUIET, marks.PLATES_MISSING)}
    assert (page.quiet, page.quiet_us) == (1, AT_US - 5)
    claim = centre.opened(page.cases[0].id).claim
    assert claim is not None
    assert [(one.name, one.told_us) for one in claim.quiet] == [("Handheld 1", AT_US - 5)]
    assert centre.cases(now_us=AT_US + 25 * 3600 * 1_000_000).quiet == 0


def test_it_is_asked_once_a_page_which_devices_have_not_told_all(centre: Centre) -> None:
    centre.count(line("c1", 90))
    centre.count(line("c2", 60, "B", at_us=AT_US + 1))
    with counted(centre.store) as seen:
        assert len(centre.cases().cases) == 2
    assert sum("FROM devices" in statement for statement, _given in seen) == 1


def test_the_same_goods_the_other_way_are_shown_together(centre: Centre) -> None:
    centre.count(line("c1", 90))
    centre.count(line("c2", 0, "C", at_us=AT_US + 1), "w2")
    centre.push(centre.made(move("B", "C", 10, at_us=AT_US - 9 * MINUTE_US)))
    centre.count(line("c3", 20, "C", at_us=AT_US + 2), "w2")
    cases = {case.place: case for case in centre.cases().cases}
    assert (marks.PAIR in cases["A"].marks, marks.PAIR in cases["C"].marks) == (True, True)
    claim = centre.opened(cases["A"].id).claim
    assert claim is not None
    (other,) = claim.opposites
    assert isinstance(other, Opposite)
    assert (other.id, other.place, other.quantity) == (cases["C"].id, "C", 10 * SCALE)
    pair = (subject(cases["A"]), Subject("claim", other.id, other.version, other.seen, other.quantity))
    assert centre.say("accept", *pair, reason="moved") == ()
    assert (centre.held(key("A")), centre.held(key("C"))) == (90, 20)


def test_other_counts_of_the_key_are_beside_it(centre: Centre) -> None:
    centre.count(line("c1", 80))
    centre.count(line("c2", 90, at_us=AT_US + MINUTE_US), "w2")
    (case,) = centre.cases().cases
    claim = centre.opened(case.id).claim
    assert claim is not None
    ((other),) = claim.others
    assert (other.operator, other.counted // SCALE, other.state) == ("w1", 80, ClaimState.REPLACED)


def test_a_leg_of_which_the_order_is_not_known_is_told_both_ways(centre: Centre) -> None:
    centre.count(line("c1", 90))
    pick = centre.made(move("A", "B", 4, at_us=AT_US + 2 * MINUTE_US, by="w2"), "w2", OTHER)
    pick = msgspec.structs.replace(pick, uncertainty_us=5 * MINUTE_US)
    centre.push(pick, sender=OTHER)
    (case,) = centre.cases().cases
    assert marks.DOUBT in case.marks
    claim = centre.opened(case.id).claim
    assert claim is not None
    ((leg),) = claim.doubtful
    assert (leg.quantity // SCALE, leg.before // SCALE, leg.after // SCALE) == (-4, -6, -10)
    assert (claim.least // SCALE, claim.most // SCALE) == (-10, -6)
    assert centre.cases(no_marks=True).cases == ()


@pytest.mark.parametrize(
    ("from_us", "pieces_from", "is_marked"),
    [
        (0, "A", True),
        (DAY_US, "A", True),
        (DAY_US + 1, "A", False),
        (-DAY_US, "A", True),
        (-DAY_US - 1, "A", False),
        (0, "B", False),
    ],
)
def test_a_claim_within_a_day_of_a_doubtful_clock_is_marked_until_somebody_has_seen_that(
    centre: Centre, from_us: int, pieces_from: str, is_marked: bool
) -> None:
    """It stays a claim that may be accepted: the mark changes no standing."""
    centre.count(line("c1", 90))
    taken = Moved(move(pieces_from, "C", 4, at_us=AT_US + from_us, by="w2").legs[:1])
    pick = msgspec.structs.replace(centre.made(taken, "w2", OTHER), uncertainty_us=16 * MINUTE_US)
    (answer,) = centre.push(pick, sender=OTHER, at_us=AT_US + 2 * DAY_US)
    assert "clock_doubtful" in answer.reasons
    (case,) = centre.cases().cases
    assert (marks.CLOCK in case.marks) is is_marked
    assert (marks.CLOCK in centre.opened(case.id).case.marks) is is_marked
    assert centre.say("seen", Subject("event", pick.id)) == ()
    assert marks.CLOCK not in centre.cases().cases[0].marks


def test_filters_by_zone_person_and_value(centre: Centre) -> None:
    centre.count(line("c1", 90))
    centre.count(line("c2", 50, "B", at_us=AT_US + 1), "w2")
    by_value = [case.value for case in centre.cases().cases]
    assert by_value == [20 * SCALE, SCALE]
    assert [case.value for case in centre.cases(under=20 * SCALE).cases] == [SCALE]
    assert [case.place for case in centre.cases(person="w2").cases] == ["B"]
    assert centre.cases(person="nobody").cases == ()
    assert len(centre.cases(zone="pick").cases) == 2
    assert centre.cases(zone="other").cases == ()


def missing(centre: Centre) -> list[tuple[str, str]]:
    return [(case.id, case.place) for case in centre.cases(kind=CaseKind.MISSING_PLATE).cases]


def test_a_plate_that_a_closed_count_did_not_see_is_missing_until_somebody_says_where_it_is(centre: Centre) -> None:
    centre.push(centre.made(move("B", "P1", 3, at_us=AT_US - MINUTE_US)))
    centre.count(closed("c1"))
    page = centre.cases(kind=CaseKind.MISSING_PLATE)
    (case,) = page.cases
    assert (case.id, case.place, case.value, case.signed_value) == ("P1", "A", 6 * SCALE, -6 * SCALE)
    assert (page.up, page.down) == (0, 6 * SCALE)
    opened = centre.opened("P1", CaseKind.MISSING_PLATE)
    assert opened.words == ("recount",)
    assert opened.plate is not None
    assert [(one.item, one.quantity // SCALE) for one in opened.plate.goods] == [("NUT", 3)]
    plate = Subject("plate", "P1", case.version)
    assert centre.say("recount", plate) == ()
    assert [(task.kind, task.place, task.item) for task in centre.tasks()] == [(LOOK, "A", "P1")]
    assert centre.cases(kind=CaseKind.MISSING_PLATE).cases[0].marks == (marks.RECOUNT,)
    centre.count(Sighted(AT_US + 1, "c2", "P1", "B"))
    assert missing(centre) == []
    assert not centre.tasks()[0].active


@pytest.mark.parametrize(
    ("fact", "is_missing"),
    [
        pytest.param(Sighted(AT_US - 9, "c1", "P1", "A"), False, id="the count saw it, told late"),
        pytest.param(PlateMoved(AT_US - 9, "P1", "B"), False, id="it had gone before, told late"),
        pytest.param(PlateMoved(AT_US + 9, "P1", "B"), False, id="it has been somewhere since"),
        pytest.param(Sighted(AT_US - 9, "other", "P1", "A"), True, id="another count saw it before"),
        pytest.param(closed("c9", "P1", at_us=AT_US + 9), False, id="it was closed itself: lost"),
    ],
)
def test_what_is_said_of_a_missing_plate(centre: Centre, fact: Any, is_missing: bool) -> None:
    centre.count(closed("c1"))
    assert missing(centre) == [("P1", "A")]
    made = centre.count(fact)
    assert bool(missing(centre)) is is_missing
    centre.push(centre.made(Annulled(AT_US + 20, made.id)))
    assert missing(centre) == [("P1", "A")]


def test_an_undone_closing_misses_nothing(centre: Centre) -> None:
    closing = centre.count(closed("c1"))
    centre.push(centre.made(Annulled(AT_US + 1, closing.id)))
    assert missing(centre) == []
    with centre.store.reading() as connection:
        assert connection.execute(select(missing_plates)).all() == []


def test_a_thousand_words_on_claims_are_a_handful_of_statements(centre: Centre) -> None:
    names = [Subject("claim", f"claim-{number}") for number in range(1_000)]
    assert centre.say("accept", *names) == ("unknown_subject",)
    with centre.store.reading() as connection:
        assert len(connection.execute(select(words.c.number)).all()) == 1_000


def test_where_one_person_may_decide_the_list_says_so(store: CentralStore) -> None:
    centre = Centre(store)
    with store.writing() as connection:
        connection.execute(update(_operators).where(_operators.c.operator == "s2").values(roles="worker"))
    assert centre.cases().alone == "s1"
