"""Reasons, limits, tasks and the rights that a site takes away: what tables may say, and what a site begins with."""

from pathlib import Path

import msgspec
import pytest
from sqlalchemy import delete, select

from scanner_app.domain.catalog import Site
from scanner_app.domain.limits.limit import Limit, Per
from scanner_app.domain.limits.starting import STARTING as STARTING_LIMITS
from scanner_app.domain.people import TAKEN_AWAY, Right
from scanner_app.domain.reasons import STARTING, Reason
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from sync.central.events.decode import Arrival, read
from sync.central.exchange.feed import page_after
from sync.central.imports.run import ImportReport, Wish, run_import
from sync.central.imports.starting_set import begin_starting
from sync.central.intake.look_up import known_of
from tests.central.warehouse import NOW_US, SITE, event, move

LIMITS = "limit,process,role,item,abc,per,reason_quantity,reason_percent,case_quantity,case_percent\n"


def _import(store: CentralStore, folder: Path, wish: Wish | None = None, **tables: str) -> ImportReport:
    folder.mkdir(exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return run_import(store, folder, NOW_US, wish or Wish(SITE))


def _rows(store: CentralStore, kind: type[object]) -> list[object]:
    with store.reading() as connection:
        return [row.row for row in page_after(connection, SITE, 0, 5_000).rows if isinstance(row.row, kind)]


def test_a_new_site_begins_with_reasons_in_four_languages(store: CentralStore) -> None:
    assert _rows(store, Reason) == list(STARTING)
    assert all(reason.words(language) for reason in STARTING for language in ("en", "de", "es", "fr"))


def test_a_site_that_has_its_own_reasons_keeps_them(store: CentralStore, tmp_path: Path) -> None:
    text = "reason,en,direction,process,needs_note\nlost,Gone,out,adjust,yes\nrush,A rush,,move,\n"
    report = _import(store, tmp_path / "own", Wish(SITE, missing_percent_max=100), reasons=text)
    assert report.refusals == ()
    active = {row.reason for row in _rows(store, Reason) if isinstance(row, Reason) and row.active}
    assert active == {"lost", "rush"}
    gone = "reason,en,active\nlost,Gone,no\nrush,A rush,no\n"
    assert _import(store, tmp_path / "none", reasons=gone).is_taken
    begin_starting(store)
    assert not [row for row in _rows(store, Reason) if isinstance(row, Reason) and row.active]


def test_sites_of_an_older_program_get_their_reasons_when_the_store_is_brought_up_to_date(store: CentralStore) -> None:
    with store.writing() as connection:
        connection.execute(delete(BY_STRUCT[Reason].table))
    for _ in range(2):
        begin_starting(store)
    assert _rows(store, Reason) == list(STARTING)


def test_a_site_without_limits_of_adjusting_begins_with_some(store: CentralStore, tmp_path: Path) -> None:
    """A worker may adjust: without any limit that would be without bound. Its own are its own, those of moving none."""
    with store.writing() as connection:
        connection.execute(delete(BY_STRUCT[Limit].table))
    assert _import(store, tmp_path / "own", limits="limit,process,case_quantity\nmine,move,5\n").is_taken
    active = {row.limit: row for row in _rows(store, Limit) if isinstance(row, Limit) and row.active}
    assert active == {"mine": active["mine"], **{limit.limit: limit for limit in STARTING_LIMITS}}
    gone = "limit,process,active\nadjust-one,adjust,no\nadjust-day,adjust,no\n"
    assert _import(store, tmp_path / "none", limits=gone).is_taken
    begin_starting(store)
    assert [row.limit for row in _rows(store, Limit) if isinstance(row, Limit) and row.active] == ["mine"]


def test_limits_are_read_in_the_units_of_people(store: CentralStore, tmp_path: Path) -> None:
    report = _import(
        store, tmp_path / "own", limits=f"{LIMITS}many,move,worker,NUT,,,100,2.5,500,\nday,move,,,C,day,9,,,\n"
    )
    assert report.refusals == ()
    many = Limit("many", "move", "worker", "NUT", reason_quantity=100_000_000, reason_percent=2_500_000)
    day = Limit("day", "move", abc="C", per=Per.DAY, reason_quantity=9_000_000)
    active = [row for row in _rows(store, Limit) if isinstance(row, Limit) and row.active]
    assert set(map(repr, active)) == {repr(day), repr(_with_case(many))}


def _with_case(limit: Limit) -> Limit:
    return Limit(limit.limit, limit.process, limit.role, limit.item, "", Per.EVENT, *limit.first, 500_000_000)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("x,dance,,,,,1,,,", "process"),
        ("x,move,boss,,,,1,,,", "role"),
        ("x,move,,NUT,A,,1,,,", "abc"),
        ("x,move,,WHAT,,,1,,,", "item"),
        ("x,move,,,,week,1,,,", "per"),
        ("x,move,,,,day,,5,,", "per"),
        ("x,move,,,,,,,,", "reason_quantity"),
        ("x,move,,,,,5,,4.9,", "case_quantity"),
        ("x,move,,,,,5,,5,", ""),
        ("x,move,,,,,5,,,1", ""),
        ("x,adjust,counter,,,,,,0,", ""),
    ],
)
def test_a_limit_that_cannot_rule_is_refused(store: CentralStore, tmp_path: Path, row: str, column: str) -> None:
    report = _import(store, tmp_path / "own", limits=f"{LIMITS}{row}\n")
    assert [one.column for one in report.refusals] == ([column] if column else [])


def test_a_task_is_at_a_place_that_there_is_and_a_reason_for_a_process(store: CentralStore, tmp_path: Path) -> None:
    tasks = "task,kind,place,item,not_by\n1,count,A,NUT,w1\n2,count,P1,,\n3,count,NOWHERE,,\n"
    report = _import(store, tmp_path / "own", tasks=tasks, reasons="reason,en,process\nx,X,dance\n")
    assert {(one.file, one.row, one.column) for one in report.refusals} == {
        ("tasks.csv", 4, "place"),
        ("reasons.csv", 2, "process"),
    }


def test_a_site_takes_a_right_away_from_a_role(store: CentralStore, tmp_path: Path) -> None:
    arrival = read(msgspec.json.encode(event(1, move("A", "B"))), SITE)
    assert isinstance(arrival, Arrival)
    for taken, may_count in (("", True), ("worker:count", False), ("", True)):
        text = f"site,name,zone,taken_away\nW1,First warehouse,Europe/Vienna,{taken}\n"
        assert _import(store, tmp_path / "own", sites=text).is_taken
        with store.reading() as connection:
            worker = known_of(connection, SITE, [arrival]).operators["w1"]
        assert (worker.may(Right.COUNT), worker.may(Right.MOVE)) == (may_count, True)
        assert [row.taken_away for row in _rows(store, Site) if isinstance(row, Site)] == [tuple(taken.split())]


def test_only_what_a_site_may_take_away_is_taken(store: CentralStore, tmp_path: Path) -> None:
    text = "site,name,taken_away\nW1,First warehouse,worker:move\n"
    report = _import(store, tmp_path / "own", sites=text)
    assert [(one.column, one.reason) for one in report.refusals] == [
        ("taken_away", f"worker:move is none of {', '.join(TAKEN_AWAY)}")
    ]


def test_what_a_site_says_of_counting(store: CentralStore, tmp_path: Path) -> None:
    """Empty is the default, and where nothing is said of a recount, that it has no bound."""
    said = {"": (-1, 15, 60), "12.5,0,1440": (12_500_000, 0, 1440), ",,": (-1, 15, 60), "0,5,30": (0, 5, 30)}
    for cells, counting in said.items():
        head = ",recount_value_max,doubt_minutes_max,blind_minutes" if cells else ""
        text = f"site,name{head}\nW1,First warehouse{',' if cells else ''}{cells}\n"
        assert _import(store, tmp_path / "own", sites=text).is_taken
        (site,) = (row for row in _rows(store, Site) if isinstance(row, Site))
        assert (site.recount_value_max, site.doubt_minutes_max, site.blind_minutes) == counting


def test_minutes_are_of_a_day_at_most(store: CentralStore, tmp_path: Path) -> None:
    text = "site,name,doubt_minutes_max,blind_minutes\nW1,First warehouse,1440,1441\n"
    report = _import(store, tmp_path / "own", sites=text)
    assert [one.column for one in report.refusals] == ["blind_minutes"]


def test_the_sites_table_keeps_what_it_does_not_say(store: CentralStore, tmp_path: Path) -> None:
    """A column that a table does not have leaves what was taken away as it is."""
    assert _import(store, tmp_path / "a", sites="site,name,taken_away\nW1,First warehouse,worker:count\n").is_taken
    assert _import(store, tmp_path / "b", sites="site,name\nW1,Another name\n").is_taken
    with store.reading() as connection:
        row = connection.execute(select(BY_STRUCT[Site].table)).one()
    assert (row.name, row.taken_away) == ("Another name", "worker:count")
