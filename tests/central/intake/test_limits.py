"""Limits: an event above the second bound of the row that rules it is booked all the same, and is an exception."""

from pathlib import Path

import pytest
from sqlalchemy import select

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.ledger import Leg, in_hand
from scanner_app.domain.quantity import SCALE
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore
from sync.central.database.tables import day_sums
from sync.central.imports.run import Wish, run_import
from sync.central.intake.over_limit import DAYS_KEPT
from sync.protocol import Answer, Outcome
from tests.central.intake.test_statements import counted
from tests.central.warehouse import NOW_US, OTHER, SITE, VERIFIER, event, key, move, push

DAY_US = 86_400_000_000
HEAD = "limit,process,role,item,abc,per,case_quantity,case_percent,case_value\n"
ITEMS = "item,name,base_unit,tracking,decimals,cost,abc\nNUT,Nut,EA,none,1,2,A\nBOLT,Bolt,EA,none,0,3,B\n"
OPERATORS = (
    "operator,name,badge,verifier,roles,person\n"
    f'w1,Worker 1,b-w1,"{VERIFIER}",worker,ANN\nw2,Worker 2,b-w2,"{VERIFIER}",counter worker,ANN\n'
    f's1,Supervisor 1,b-s1,"{VERIFIER}",worker supervisor,\n'
)


def limited(store: CentralStore, folder: Path, *rows: str) -> None:
    """Give the site limits, items that cost something, and a worker with two badges."""
    folder.mkdir(exist_ok=True)
    for name, text in {"limits": HEAD + "\n".join(rows), "items": ITEMS, "operators": OPERATORS}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    assert run_import(store, folder, NOW_US, Wish(SITE)).refusals == ()


def carried(source: str, target: str, pieces: int, at_us: int = NOW_US) -> Moved:
    """Stock that went by nobody's hand in particular."""
    return Moved((Leg(at_us, pieces * SCALE, key(source), key(target)),))


def over(answers: list[Answer]) -> list[bool]:
    assert all(answer.outcome.counts_as_stock for answer in answers)
    return ["over_limit" in answer.reasons for answer in answers]


@pytest.mark.parametrize(
    ("limit", "pieces", "is_over"),
    [
        ("x,move,,,,,10,,", 10, False),
        ("x,move,,,,,10,,", 11, True),
        ("x,move,,,,,,50,", 50, False),
        ("x,move,,,,,,50,", 51, True),
        ("x,move,,,,,,,20", 10, False),
        ("x,move,,,,,,,20", 11, True),
        ("x,move,,,,,0,,", 1, True),
        ("x,move,,,,day,10,,", 10, False),
        ("x,move,,,,day,10,,", 11, True),
        ("x,adjust,,,,,1,,", 50, False),
        ("x,move,,BOLT,,,1,,", 50, False),
        ("x,move,,,B,,1,,", 50, False),
        ("x,move,supervisor,,,,1,,", 50, False),
        ("x,move,worker,NUT,,,1,,", 50, True),
    ],
)
def test_what_reaches_a_bound_is_booked_and_what_passes_it_is_an_exception_too(
    store: CentralStore, tmp_path: Path, limit: str, pieces: int, is_over: bool
) -> None:
    limited(store, tmp_path / "own", limit)
    (answer,) = push(store, [event(1, move("A", "B", pieces))])
    expected = (Outcome.EXCEPTIONS, ("over_limit",)) if is_over else (Outcome.POSTED, ())
    assert (answer.outcome, answer.reasons) == expected
    assert verify(store) == []


def test_the_row_that_says_most_rules(store: CentralStore, tmp_path: Path) -> None:
    limited(
        store, tmp_path / "own",
        "all,move,,,,,5,,", "class,move,,,A,,20,,", "item,move,,NUT,,,30,,", "role,move,worker,NUT,,,40,,",
    )  # fmt: skip
    moves = [event(1, move("A", "B", 40)), event(2, move("A", "B", 41)), event(3, move("B", "A", 6, "BOLT"))]
    assert over(push(store, moves)) == [False, True, True]


def test_who_has_two_roles_is_ruled_by_the_later_one(store: CentralStore, tmp_path: Path) -> None:
    limited(store, tmp_path / "own", "c,move,counter,,,,3,,", "w,move,worker,,,,1,,", "s,move,supervisor,,,,9,,")
    who = [event(n, carried("A", "B", 3), operator=name) for n, name in enumerate(("w1", "w2", "s1", "nobody"), 1)]
    assert over(push(store, who)) == [True, False, False, False]


@pytest.mark.parametrize("is_one_push", [True, False])
def test_a_day_is_one_persons_at_whatever_badge_and_device(
    store: CentralStore, tmp_path: Path, is_one_push: bool
) -> None:
    limited(store, tmp_path / "own", "day,move,,,,day,10,,")
    mine = [event(1, move("A", "B", 6)), event(2, carried("A", "B", 4), operator="w2"), event(3, move("A", "B", 1))]
    told = push(store, mine) if is_one_push else [answer for one in mine for answer in push(store, [one])]
    assert over(told) == [False, False, True]
    assert over(push(store, mine)) == [False, False, True], "told again it is the same, and counts once"
    assert over(push(store, [event(1, carried("A", "B", 10), OTHER, operator="s1")], OTHER)) == [False]
    yesterday = carried("A", "B", 10, NOW_US - DAY_US)
    assert over(push(store, [event(4, yesterday), event(5, yesterday)])) == [False, True]


def test_what_is_carried_in_the_hand_counts_once_a_day_and_each_time_by_itself(
    store: CentralStore, tmp_path: Path
) -> None:
    limited(store, tmp_path / "day", "day,move,,,,day,6,,")
    hand = in_hand("w1")
    assert over(push(store, [event(1, carried("A", hand, 6)), event(2, carried(hand, "B", 6))])) == [False, False]
    limited(store, tmp_path / "event", "one,move,,,,,5,,")
    assert over(push(store, [event(3, carried("A", hand, 6)), event(4, carried(hand, "B", 6))])) == [True, True]


@pytest.mark.parametrize("undoer", ["w1", "s1"])
def test_what_never_happened_is_taken_off_the_day(store: CentralStore, tmp_path: Path, undoer: str) -> None:
    limited(store, tmp_path / "own", "day,move,worker,,,day,10,,", "s,move,supervisor,,,day,99,,")
    mistyped = event(1, move("A", "B", 50))
    assert over(push(store, [mistyped, event(2, Annulled(NOW_US, mistyped.id), operator=undoer)])) == [True, False]
    assert over(push(store, [event(3, move("A", "B", 10)), event(4, move("A", "B", 1))])) == [False, True]
    undone = event(5, Annulled(NOW_US, event(2, mistyped.fact).id), operator=undoer)
    push(store, [undone])
    with store.reading() as connection:
        (row,) = connection.execute(select(day_sums)).all()
    assert (row.person, row.limit, row.quantity, row.value) == ("ANN", "day", 61 * SCALE, 122 * SCALE)


def test_days_of_long_ago_are_forgotten(store: CentralStore, tmp_path: Path) -> None:
    limited(store, tmp_path / "own", "day,move,,,,day,10,,")
    for number, days in enumerate((DAYS_KEPT + 1, DAYS_KEPT, 0), 1):
        push(store, [event(number, move("A", "B", at_us=NOW_US - days * DAY_US))])
    with store.reading() as connection:
        assert len(connection.execute(select(day_sums.c.day)).all()) == 2


def test_a_site_without_limits_pays_for_none(store: CentralStore, tmp_path: Path) -> None:
    with counted(store) as without:
        push(store, [event(1, move("A", "B"))])
    limited(store, tmp_path / "own", "x,move,,,,day,1000,,", "y,move,,,,,,50,")
    with counted(store) as few:
        push(store, [event(2, move("A", "B"))])
    with counted(store) as many:
        push(store, [event(n, move("A", "B")) for n in range(3, 203)])
    assert not any("limits_item" in text or "day_sums" in text for text, _ in without)
    assert len(few) <= len(many) <= len(few) + 1 <= len(without) + 12, "one more where something waits for somebody"
