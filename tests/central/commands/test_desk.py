"""Devices, people, what waits and tokens, as commands: what they print, change, and say when it cannot be."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from scanner_app.cli.desk.events import _of_claim
from scanner_app.domain.catalog import Location, Site
from scanner_app.domain.desk.opened_claim import BrokenLimit, DoubtfulLeg, OpenedClaim
from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.supervise.claim_phrases import TWO_COUNTS
from sync.central.audit.verification import verify
from sync.central.book.master_rows import write_master_rows
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from sync.central.database.tables import events, orders, words
from sync.central.decisions.pin_check import is_pin_of
from sync.central.exchange.threads import now_us
from sync.central.sites.administration import invite, read_token
from sync.central.sites.devices import is_revoked
from tests.central.claims import Centre, closed, line
from tests.central.databases import ON_SQLITE
from tests.central.decisions.orders import known, people, supervisor, worker
from tests.central.serving import Handheld
from tests.central.warehouse import NOW_US, SITE, event, key, move
from tests.forks import run_scanner


class Shell:
    """Runs commands of the centre."""

    def __init__(self, config: Path) -> None:
        self._config = config

    def run(self, *words: str, given: str | None = None, code: int = 0) -> str:
        done = run_scanner(["--config", str(self._config), "central", *words], given, timeout_s=60)
        assert done.returncode == code, done.stderr
        return done.stdout if code == 0 else done.stderr

    def told(self, *words: str) -> str:
        """What is printed by a command that ends with 1 because not all of it was done."""
        done = run_scanner(["--config", str(self._config), "central", *words], timeout_s=60)
        assert done.returncode == 1, done.stderr
        return done.stdout

    def rows(self, *words: str) -> list[Any]:
        return [json.loads(line) for line in self.run(*words, "--json").splitlines()]


@pytest.fixture
def shell(warehouse_url: str, tmp_path: Path) -> Shell:
    config = tmp_path / "config.toml"
    config.write_text(f'[central]\ndatabase = "{warehouse_url}"\n', encoding="utf-8")
    return Shell(config)


def words_of(store: CentralStore) -> list[tuple[str, ...]]:
    cells = (orders.c.word, orders.c.subject, orders.c.text, orders.c.operator, orders.c.device)
    with store.reading() as connection:
        return [tuple(row) for row in connection.execute(select(*cells).order_by(orders.c.number)).all()]


def test_a_device_is_listed_shut_out_let_in_and_renamed(store: CentralStore, shell: Shell, handheld: Handheld) -> None:
    handheld.exchange(event(1, move("A", "nowhere"), handheld.sender), program="p 1")
    device = handheld.enrolled.device
    (row,) = shell.rows("devices")
    assert (row["device"], row["name"], row["undecided"]) == (device, "scanner", {"held": 1})
    told = shell.run("devices")
    assert told.startswith(f"{device}  scanner: heard from ")
    assert "1 held" in told
    assert shell.run("devices", "revoke", "scanner", "--reason", "lost") == f"Device {device} is shut out (word 1).\n"
    with store.reading() as connection:
        assert is_revoked(connection, SITE, device)
    assert shell.run("devices", "revoke", device) == f"Device {device} was shut out before.\n"
    assert "REVOKED" in shell.run("devices")
    assert shell.run("devices", "--site", SITE, "admit", device) == f"Device {device} is let in again (word 2).\n"
    assert shell.run("devices", "rename", "scanner", "bay 7") == f"Device {device} has its new name (word 3).\n"
    assert words_of(store) == [
        ("revoke_device", device, "lost", "centre", "centre"),
        ("admit_device", device, "", "centre", "centre"),
        ("rename_device", device, "bay 7", "centre", "centre"),
    ]
    assert f"Site {SITE} has no device scanner" in shell.run("devices", "revoke", "scanner", code=1)
    assert "1 to 60 printable" in shell.run("devices", "rename", "bay 7", "x" * 61, code=1)


@ON_SQLITE
def test_a_name_that_another_device_has_is_refused(store: CentralStore, shell: Shell, address: str) -> None:
    for name in ("one", "two"):
        Handheld(address, invite(store, SITE, now_us()), name).http.close()
    assert f"Another device of site {SITE} is called so" in shell.run("devices", "rename", "one", "two", code=1)


def test_people_are_listed_get_a_pin_and_are_taken_out_of_use(store: CentralStore, shell: Shell) -> None:
    people(store, supervisor("boss"), worker("hand", person="P1"))
    rows = {row["operator"]: row for row in shell.rows("people")}
    assert rows["hand"]["person"] == "P1"
    assert "hand  hand: worker, is P1" in shell.run("people")
    told = shell.run("people", "pin", "hand", given="862047\n")
    assert told == "Operator hand has a new PIN (word 1).\n"
    assert is_pin_of(known(store, "hand").verifier, "862047")
    assert shell.run("people", "retire", "hand", "--reason", "left") == "Operator hand is out of use (word 2).\n"
    assert known(store, "hand").active is False
    assert "OUT OF USE" in shell.run("people")
    assert words_of(store)[0] == ("set_pin", "hand", "", "centre", "centre")


@ON_SQLITE
@pytest.mark.parametrize(("pin", "said"), [("12", "6 digits"), ("111111", "others would try"), ("", "6 digits")])
def test_a_pin_that_is_none_or_too_simple_is_refused(shell: Shell, pin: str, said: str) -> None:
    assert said in shell.run("people", "pin", "w1", given=f"{pin}\n", code=2)


@ON_SQLITE
def test_nobody_unknown_gets_a_pin(shell: Shell) -> None:
    assert f"Site {SITE} has no operator ghost" in shell.run("people", "pin", "ghost", given="862047\n", code=1)
    assert f"Site {SITE} has no operator ghost" in shell.run("people", "retire", "ghost", code=1)


def test_what_waits_is_listed_and_opened(shell: Shell, handheld: Handheld) -> None:
    held, broken = (event(at, move("A", place, at), handheld.sender) for at, place in ((1, "nowhere"), (2, "BLOCKED")))
    handheld.exchange(held, broken)
    assert {row["id"]: row["kind"] for row in shell.rows("events")} == {held.id: "held", broken.id: "exception"}
    assert [row["id"] for row in shell.rows("events", "--kind", "held")] == [held.id]
    assert shell.rows("events", "--older-than", "1") == []
    told = shell.run("events", "show", broken.id)
    assert f"exception  {broken.id}  A: 2 EA NUT, worth 0, place_blocked, by w1" in told
    assert "words: seen" in told
    (opened,) = shell.rows("events", "show", held.id)
    assert opened["words"] == ["release", "void"]
    assert "Nothing that waits" in shell.run("events", "show", "ghost", code=1)


@ON_SQLITE
def test_tokens_are_listed_and_withdrawn(store: CentralStore, shell: Shell) -> None:
    assert shell.rows("tokens") == []
    read_token(store, SITE, "erp", now_us())
    (row,) = shell.rows("tokens")
    assert (row["name"], row["is_withdrawn"]) == ("erp", False)
    assert shell.run("tokens", "withdraw", "erp") == "The token of erp is void.\n"
    assert "WITHDRAWN" in shell.run("tokens")
    assert f"Site {SITE} has no reader ghost" in shell.run("tokens", "withdraw", "ghost", code=1)


@ON_SQLITE
def test_a_site_is_named_where_there_are_several(store: CentralStore, shell: Shell) -> None:
    with store.writing() as connection:
        write_master_rows(connection, BY_STRUCT[Site], "W2", [[Site("W2", "Second")]], lambda _written, _total: None)
    for asked in (["devices"], ["people"], ["events"], ["tokens"], ["devices", "revoke", "x"]):
        assert f"Name the site with --site: {SITE}, W2." in shell.run(*asked, code=1)
    assert "There is no site W3" in shell.run("people", "--site", "W3", code=1)
    assert shell.rows("events", "--site", "W2") == []


def outcome_of(store: CentralStore, name: str) -> str:
    with store.reading() as connection:
        return str(connection.execute(select(events.c.outcome).where(events.c.id == name)).scalar_one())


def test_words_are_said_and_judged_like_those_of_anybody(store: CentralStore, shell: Shell, handheld: Handheld) -> None:
    seen, held, lost = (
        event(at, move("A", place), handheld.sender) for at, place in ((1, "BLOCKED"), (2, "X9"), (3, "B"))
    )
    handheld.exchange(seen, held)
    shell.run("devices", "revoke", "scanner")
    handheld.exchange(lost)
    assert shell.run("events", "seen", seen.id, "--reason", "count") == f"{seen.id}: posted_with_exceptions\n"
    assert sorted(row["id"] for row in shell.rows("events")) == sorted([held.id, lost.id])
    with store.writing() as connection:
        profile = Location("X9", "pick", 9, "BIN")
        write_master_rows(connection, BY_STRUCT[Location], SITE, [[profile]], lambda _written, _total: None)
    assert shell.run("events", "release", held.id) == f"{held.id}: posted\n"
    assert shell.run("events", "let-in", lost.id, "--note", "it was found again") == f"{lost.id}: posted\n"
    assert shell.rows("events") == []
    with store.reading() as connection:
        cells = (words.c.word, words.c.subject, words.c.operator, words.c.device, words.c.is_valid, words.c.note)
        said = [tuple(row) for row in connection.execute(select(*cells).order_by(words.c.number)).all()]
    assert [row for row in said if row[4]] == [
        ("seen", seen.id, "centre", "centre", True, ""),
        ("release", held.id, "centre", "centre", True, ""),
        ("let_in", lost.id, "centre", "centre", True, "it was found again"),
    ]
    assert verify(store) == []


def test_an_unknown_code_is_said_to_be_an_item_and_the_event_is_booked(
    store: CentralStore, shell: Shell, handheld: Handheld
) -> None:
    held = event(1, move("A", "B", 2, "4006381333931"), handheld.sender)
    handheld.exchange(held)
    assert shell.rows("events", "show", held.id)[0]["words"] == ["release", "void", "identify"]
    named = ("--code", "4006381333931")
    assert f"Site {SITE} has no item GHOST." in shell.run(
        "events", "identify", held.id, *named, "--item", "GHOST", code=1
    )
    refused = [
        ("The item has no such unit", (held.id, *named, "--item", "NUT", "--unit", "BARREL")),
        ("It does not wait for this word", (held.id, "--code", "another", "--item", "NUT")),
        ("The centre has no such event", ("ghost", *named, "--item", "NUT")),
    ]
    for told, words_ in refused:
        assert told in shell.told("events", "identify", *words_)
    said = shell.rows("events", "identify", held.id, *named, "--item", "NUT", "--reason", "seen on the shelf")
    assert said == [{"subject": held.id, "why": "", "by": "", "outcome": "posted"}]
    assert (shell.rows("events"), outcome_of(store, held.id)) == ([], "posted")
    assert verify(store) == []


@ON_SQLITE
def test_every_word_is_told_as_json(shell: Shell, handheld: Handheld) -> None:
    held = [event(number, move("A", "nowhere"), handheld.sender) for number in (1, 2)]
    handheld.exchange(*held)
    said = shell.rows("events", "void", *(one.id for one in held))
    assert said == [{"subject": one.id, "why": "", "by": "", "outcome": "void"} for one in held]


@ON_SQLITE
def test_what_a_count_found_is_listed_opened_and_decided(store: CentralStore, shell: Shell) -> None:
    centre = Centre(store)
    centre.count(line("c1", 90))
    centre.count(closed("c2", "C"))
    [row] = shell.rows("events", "--kind", "claim")
    assert (row["place"], row["counted"], row["book"], row["version"]) == ("A", 90_000_000, 100_000_000, row["version"])
    assert "counted 90" in shell.run("events", "--kind", "claim")
    told = shell.run("events", "show", row["id"])
    assert {"  book then: 100", "  book after accept: 90", "  counted by: w1", "  over: no tolerance is set"} <= set(
        told.splitlines()
    )
    assert shell.run("events", "recount", row["id"]) == f"{row['id']}: said\n"
    assert [task.recounts for task in centre.tasks()] == [row["id"]]
    assert shell.run("events", "accept", row["id"], "--reason", "count") == f"{row['id']}: said\n"
    assert (shell.rows("events", "--kind", "claim"), centre.held(key("A"))) == ([], 90)
    assert shell.run("events", "withdraw", row["id"]) == f"{row['id']}: said\n"
    assert centre.held(key("A")) == 100
    assert verify(store) == []


def test_of_a_count_that_is_in_doubt_the_command_says_which_movement_and_what_it_comes_to() -> None:
    leg = DoubtfulLeg(at_us=0, place="A", quantity=-4 * SCALE, operator="w2", before=0, after=-4 * SCALE)
    told = _of_claim(OpenedClaim(counted=1, book=1, begun_us=0, ended_us=0, doubtful=(leg,)))
    assert told[-1].startswith("  order not known: -4 by w2 ")
    assert told[-1].endswith("; if before the count the difference is 0, if after -4")


@pytest.mark.parametrize("what", TWO_COUNTS)
def test_of_what_two_persons_count_the_command_says_so_also_where_the_book_has_as_much(what: str) -> None:
    broken = (BrokenLimit(what=what), BrokenLimit(what="quantity", limit=SCALE))
    made = [OpenedClaim(counted=1, book=book, begun_us=0, ended_us=0, broken=broken) for book in (1, 2)]
    alike, other = map(_of_claim, made)
    assert alike[-1].startswith("  two ") or "the two counts" in alike[-1]
    assert other[-2:] == [alike[-1], "  over: 1 pieces"]


@ON_SQLITE
def test_a_missing_plate_and_a_closing_are_named_by_their_ids(store: CentralStore, shell: Shell) -> None:
    centre = Centre(store)
    closing = centre.count(closed("c1"))
    assert [row["id"] for row in shell.rows("events", "--kind", "missing_plate")] == ["P1"]
    assert shell.run("events", "recount", "P1") == "P1: said\n"
    assert shell.run("events", "accept", closing.id) == f"{closing.id}: said\n"
    assert (centre.held(key("A")), centre.held(key("A", "GLUE", lot="L1"))) == (0, 0)


@ON_SQLITE
def test_what_does_not_rule_is_told_with_why(store: CentralStore, shell: Shell, handheld: Handheld) -> None:
    held = event(1, move("A", "nowhere"), handheld.sender)
    handheld.exchange(held)
    for word, told in (("release", "It still cannot be booked"), ("seen", "It does not wait for this word")):
        assert told in shell.told("events", word, held.id)
    assert "The centre has no such event." in shell.told("events", "void", "ghost")
    assert shell.run("events", "void", held.id) == f"{held.id}: void\n"
    assert "It does not wait" in shell.told("events", "void", held.id)
    assert outcome_of(store, held.id) == "void"


def test_no_device_is_the_centre_by_calling_itself_so(store: CentralStore, handheld: Handheld) -> None:
    held = event(1, move("A", "nowhere"), handheld.sender)
    word = Decided(NOW_US, "void", (Subject("event", held.id),))
    answers = handheld.exchange(held, event(2, word, handheld.sender, operator="centre")).answers
    assert "no_right" in answers[1].reasons
    assert outcome_of(store, held.id) == "held"


def test_what_is_not_right_is_counted_by_one_command(store: CentralStore, shell: Shell, handheld: Handheld) -> None:
    """As by one key of the terminal: all of the place of an exception, and what is below zero where it is."""
    wrong, held = event(1, move("A", "BLOCKED"), handheld.sender), event(2, move("A", "nowhere"), handheld.sender)
    handheld.exchange(wrong, held, event(3, move("B", "A", 5_000), handheld.sender))
    [below] = [case["id"] for case in shell.rows("events", "--kind", "negative")]
    assert shell.run("events", "count", wrong.id, below) == "To be counted: A.\nTo be counted: B, of it NUT.\n"
    assert sorted((task["place"], task["item"]) for task in shell.rows("tasks")) == [("A", ""), ("B", "NUT")]
    assert "No count decides" in shell.run("events", "count", wrong.id, held.id, code=1)
