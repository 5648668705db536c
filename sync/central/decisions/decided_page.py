"""What was decided within a day: the last words on cases, the newest first, each as another word has to name it."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, Select, Text, bindparam, func, select
from sqlalchemy.sql import literal_column

from scanner_app.domain.desk.asks import ROWS_MAX
from scanner_app.domain.desk.case import Case, CaseKind
from scanner_app.domain.desk.decided_words import TAKEN_BACK, AskDecided, DecidedPage, DecidedWord
from scanner_app.domain.desk.overview import DAY_US
from scanner_app.domain.desk.replies import Refused, Why
from scanner_app.domain.events.decided import NUMBER_MAX, SubjectKind, Word
from sync.central.database.among import among
from sync.central.database.tables import words
from sync.central.decisions.asker import Asker
from sync.central.decisions.complete_until import Completeness
from sync.central.decisions.sources.adjustments import ADJUSTMENTS
from sync.central.decisions.sources.case_source import CaseSource
from sync.central.decisions.sources.claims import CLAIMS
from sync.central.decisions.sources.exceptions import EXCEPTIONS
from sync.central.decisions.sources.held import HELD
from sync.central.decisions.sources.one_case import case_of, completed, labelled

_SOURCES: dict[tuple[str, str], CaseSource] = {
    **{(SubjectKind.ADJUSTMENT, word): ADJUSTMENTS for word in (Word.ACCEPT, Word.REJECT)},
    **{(SubjectKind.CLAIM, word): CLAIMS for word in (Word.ACCEPT, Word.REJECT)},
    (SubjectKind.EVENT, Word.SEEN): EXCEPTIONS,
    (SubjectKind.EVENT, Word.VOID): HELD,
}
"""As which kind of case it waited, by what a word is about and says."""


def decided_page(connection: Connection, asker: Asker, ask: AskDecided, now_us: int) -> DecidedPage | Refused:
    """Return a page of words that may be taken back."""
    if ask.after and not (ask.after.isascii() and ask.after.isdigit() and int(ask.after) <= NUMBER_MAX):
        return Refused(why=Why.NOT_UNDERSTOOD)
    rows_max = max(1, min(ask.rows_max, ROWS_MAX))
    asked = {"site": asker.site, "since_us": now_us - DAY_US, "before": int(ask.after or NUMBER_MAX)}
    asked |= {} if ask.of_all else {"person": asker.operator.who}
    rows = connection.execute(_LAST if ask.of_all else _OWN, {**asked, "most": rows_max + 1}).all()
    more, rows = len(rows) > rows_max, rows[:rows_max]
    cases = _cases(connection, asker, rows, now_us)
    found = tuple(_word(case, row) for row in rows if (case := cases.get(row.subject)) and _rules_now(case, row))
    return DecidedPage(
        words=tuple(one for one in found if one.case.place not in ask.hidden), as_of_us=now_us,
        after=str(rows[-1].number) if more else "",
    )  # fmt: skip


def _rules_now(case: Case, row: Any) -> bool:
    """Whether a count still says what the word is about: with another line it is another one, and waits."""
    return case.kind != CaseKind.CLAIM or case.version == row.subject_version


def _word(case: Case, row: Any) -> DecidedWord:
    case = replace(case, version=row.subject_version, seen=row.last_seen)
    return DecidedWord(case=case, word=row.word, by=row.operator, at_us=row.at_us, reason=row.reason, note=row.note)


def _cases(connection: Connection, asker: Asker, rows: Sequence[Any], now_us: int) -> dict[str, Case]:
    """What the words are about, by its id: as it is now, whether it waits or not."""
    told, cases = Completeness(connection, asker.site, now_us), dict[str, Case]()
    for kind, source in {source.kind: source for source in _SOURCES.values()}.items():
        names = [row.subject for row in rows if (found := _SOURCES.get((row.kind, row.word))) and found.kind == kind]
        if names:
            made = connection.execute(_named(source), {"site": asker.site, "names": names}).all()
            of_kind: Sequence[Case] = [case_of(row, asker) for row in made]
            if kind == CaseKind.ADJUSTMENT and source.complete:
                of_kind = source.complete(connection, asker, of_kind, told)
            cases |= {case.id: case for case in of_kind}
    return cases


def _named(source: CaseSource) -> Select[Any]:
    """The rows of a source by their ids."""
    shown, of_site = source.shown, source.shown.id.table.c.site == bindparam("site")
    kind = literal_column(f"'{source.kind.value}'", Text).label("kind")
    rows = select(kind, *labelled(source)).where(of_site, among(shown.id, "names"))
    return completed(rows.subquery())


def _last_of(name: str, *which: Any) -> Any:
    """The highest number of the valid words on the subject of a word."""
    other = words.alias(name)
    same = (getattr(other.c, one) == getattr(words.c, one) for one in ("site", "kind", "subject"))
    said = select(func.max(other.c.number)).where(*same, other.c.is_valid.is_(True), *(one(other) for one in which))
    return said.correlate(words).scalar_subquery()


def _rules(other: Any) -> Any:
    return other.c.word != Word.RECOUNT.value


_LAST = (
    select(words, _last_of("said").label("last_seen"))
    .where(words.c.site == bindparam("site"), words.c.at_us > bindparam("since_us"))
    .where(words.c.number < bindparam("before"), words.c.is_valid.is_(True))
    .where(words.c.word.in_(sorted(word.value for word in TAKEN_BACK)), words.c.number == _last_of("ruling", _rules))
    .where(words.c.kind.in_(sorted({kind for kind, _ in _SOURCES})))
    .order_by(words.c.number.desc())
    .limit(bindparam("most"))
)
_OWN = _LAST.where(words.c.person == bindparam("person"))
