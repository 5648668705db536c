"""The desk: what somebody asks at a terminal is answered from the store."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection

from scanner_app.domain.desk.accuracy_asks import AskAccuracy, AskAccuracyLines, AskCheckers
from scanner_app.domain.desk.asks import Ask, AskCase, AskCases, AskDevices, AskPeople
from scanner_app.domain.desk.decided_words import AskDecided
from scanner_app.domain.desk.overview import AskOverview
from scanner_app.domain.desk.replies import CasePage, Refused, Reply, Why
from scanner_app.domain.desk.work_asks import AskStocktake, AskTasks
from scanner_app.domain.people import Right
from sync.central.accuracy.lines_behind import lines_page
from sync.central.accuracy.report import accuracy_page
from sync.central.accuracy.words_of_supervisors import checkers_page
from sync.central.decisions.asker import Asker, asker_of
from sync.central.decisions.case_list import cases_page
from sync.central.decisions.decided_page import decided_page
from sync.central.decisions.device_list import devices_page
from sync.central.decisions.overview_page import overview_page
from sync.central.decisions.people_list import people_page
from sync.central.decisions.sources.kinds import BY_KIND
from sync.central.decisions.sources.one_case import opened_case
from sync.central.decisions.work_list import stocktake_page, tasks_page
from sync.central.events.sender import Sender


def answered(connection: Connection, sender: Sender, operator: str, ask: Ask, now_us: int) -> Reply:
    """Answer a question, which changes nothing."""
    asker = asker_of(connection, sender, operator, Right.DECIDE)
    if isinstance(asker, Refused):
        return asker
    answer = _ANSWERS.get(type(ask))
    return answer(connection, asker, ask, now_us) if answer else Refused(why=Why.NOT_UNDERSTOOD)


def _case(connection: Connection, asker: Asker, ask: AskCase, now_us: int) -> CasePage:
    source = BY_KIND.get(ask.kind)
    asker = replace(asker, hidden=ask.hidden)
    opened = opened_case(connection, asker, source, ask.id, now_us) if source else None
    return CasePage(opened=opened, as_of_us=now_us)


_ANSWERS: dict[type, Callable[[Connection, Asker, Any, int], Reply]] = {
    AskCases: cases_page,
    AskCase: _case,
    AskOverview: overview_page,
    AskDecided: decided_page,
    AskDevices: lambda connection, asker, ask, now_us: devices_page(connection, asker.site, ask, now_us),
    AskPeople: lambda connection, asker, ask, now_us: people_page(connection, asker.site, ask, now_us),
    AskAccuracy: lambda connection, asker, ask, now_us: accuracy_page(connection, asker.site, ask, now_us),
    AskAccuracyLines: lambda connection, asker, ask, now_us: lines_page(connection, asker.site, ask, now_us),
    AskTasks: lambda connection, asker, ask, now_us: tasks_page(connection, asker.site, ask, now_us),
    AskStocktake: lambda connection, asker, ask, now_us: stocktake_page(connection, asker.site, ask, now_us),
    AskCheckers: lambda connection, asker, ask, now_us: checkers_page(connection, asker.site, ask, now_us),
}
