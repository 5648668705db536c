"""Named codes: what somebody said that the code of a count's line is, in the book by now; who knows better says so.

They wait for nobody, so that no list shows them that was not asked for them: the newest first.
"""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.desk.case import Case, CaseKind, Opened
from scanner_app.domain.desk.marks import YOURS
from scanner_app.domain.desk.named_code import NamedCode
from scanner_app.domain.events.decided import SubjectKind
from scanner_app.domain.events.saying import IDENTIFY
from sync.central.database.among import among
from sync.central.database.tables import count_lines, events, identifications
from sync.central.decisions.asker import Asker
from sync.central.decisions.complete_until import Completeness
from sync.central.decisions.sources.case_source import CaseShown, CaseSource
from sync.central.decisions.sources.opened_event import opened_event
from sync.central.intake.event_words import takers
from sync.central.words.kept_words import said_on
from sync.protocol import Outcome

_code, _line, _event = identifications.c, count_lines.c, events.c


def _completed(connection: Connection, asker: Asker, cases: Sequence[Case], _told: Completeness) -> list[Case]:
    """The code as it was read, and whether whoever asks has named it."""
    names = [case.id for case in cases]
    rows = {row.event: row for row in connection.execute(_CODES, {"site": asker.site, "names": names})}
    said = said_on(connection, asker.site, SubjectKind.EVENT, names)
    own = {name for name, words in said.items() if asker.operator.who in takers(words)}
    return [_with_code(case, rows[case.id], is_own=case.id in own) for case in cases]


def _with_code(case: Case, row: Any, *, is_own: bool) -> Case:
    marks = (*case.marks, YOURS) if is_own and YOURS not in case.marks else case.marks
    return replace(case, value=0, note=row.code, counted=case.quantity, happened_us=row.effective_us, marks=marks)


def _opened(connection: Connection, asker: Asker, case: Case, now_us: int) -> Opened:
    """Its line, which somebody may name otherwise."""
    named = NamedCode(code=case.note, item=case.item, event=case.id, quantity=case.quantity)
    return replace(opened_event(connection, asker, case, now_us), words=(IDENTIFY,), named=(named,))


_CODES = (
    select(_code.event, _code.code, _line.effective_us)
    .join_from(identifications, count_lines, (_line.site == _code.site) & (_line.event == _code.event))
    .where(_code.site == bindparam("site"), among(_code.event, "names"))
)
NAMED_CODES = CaseSource(
    kind=CaseKind.NAMED_CODE,
    shown=CaseShown(
        id=_code.event, value=_code.word, place=_line.place, item=_line.item, quantity=_line.quantity,
        operator=_line.operator, device=_line.device, since_us=_event.received_us,
    ),
    waits=(
        _code.site == bindparam("site"),
        _line.is_undone.is_(False),
        _event.outcome.in_([Outcome.POSTED.value, Outcome.EXCEPTIONS.value]),
    ),
    opened=_opened,
    joined=identifications.join(count_lines, (_line.site == _code.site) & (_line.event == _code.event)).join(
        events, (_event.site == _code.site) & (_event.id == _code.event)
    ),
    complete=_completed,
    is_asked_for=True,
)  # fmt: skip
"""In the order of the words that named them, the last first: what these are worth is no number of money."""
