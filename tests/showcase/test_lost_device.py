"""The demo's lost device: one case of each kind waits, the book is sound, and what is there already stays as it is."""

from collections import Counter
from contextlib import closing
from pathlib import Path

from scanner_app.demo.cases import LOST_DEVICE
from scanner_app.demo.files import write_warehouse
from scanner_app.demo.scale import SMALL
from scanner_app.demo.warehouse import make_warehouse
from scanner_app.domain.desk import marks
from scanner_app.domain.desk.asks import AskCases
from scanner_app.domain.desk.case import CaseKind
from scanner_app.showcase.lost_device import add_lost_device, begun_us
from scanner_app.showcase.showcase import SITE
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore, init_store
from sync.central.decisions import desk_administration as admin
from sync.central.exchange.threads import now_us
from sync.central.imports.run import import_folder


def waiting(store: CentralStore) -> Counter[str]:
    return Counter(case.kind for case in admin.cases(store, SITE, AskCases(), now_us()))


def test_one_case_of_each_kind_waits_however_often_it_is_made(tmp_path: Path) -> None:
    write_warehouse(tmp_path / "sheets", SMALL)
    with closing(init_store(str(tmp_path / "central.db"))) as store:
        import_folder(store, tmp_path / "sheets", begun_us(now_us()))
        add_lost_device(store, make_warehouse(SMALL), SITE, now_us())
        first = waiting(store)
        assert first.keys() == set(map(str, CaseKind)) - {CaseKind.NAMED_CODE}, "what stands is listed for who asks"
        assert {kind for kind, count in first.items() if count > 1} == {CaseKind.CLAIM}
        add_lost_device(store, make_warehouse(SMALL), SITE, now_us())
        assert waiting(store) == first
        devices = list(admin.devices(store, SITE, now_us()))
        assert [(row.name, row.is_revoked, row.heard_us > 0) for row in devices] == [(LOST_DEVICE, False, True)]
        assert verify(store) == []


def test_counts_wait_with_one_of_each_mark_that_a_list_may_show(tmp_path: Path) -> None:
    write_warehouse(tmp_path / "sheets", SMALL)
    with closing(init_store(str(tmp_path / "central.db"))) as store:
        import_folder(store, tmp_path / "sheets", begun_us(now_us()))
        add_lost_device(store, make_warehouse(SMALL), SITE, now_us())
        cases = list(admin.cases(store, SITE, AskCases(kind=CaseKind.CLAIM), now_us()))
        shown = {mark for case in cases for mark in case.marks}
        assert {marks.DOUBT, marks.UNSAID, marks.PAIR, marks.BEING_COUNTED} <= shown, cases
