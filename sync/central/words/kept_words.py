"""Words as the store keeps them, and the last that were said on a subject."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from scanner_app.domain.events.decided import SubjectKind
from scanner_app.domain.events.saying import Saying
from sync.central.database.among import among
from sync.central.database.bulk import insert_rows
from sync.central.database.prepared import Prepared
from sync.central.database.tables import words
from sync.central.words.word_verdict import WordAuthor, WordSaid, WordVerdict


class Became(NamedTuple):
    """What became of an event by a word: its outcome and reasons before and after."""

    outcome_before: str = ""
    reasons_before: str = ""
    outcome: str = ""
    reasons: str = ""


class KeptWord(NamedTuple):
    """A numbered word: which event says it, who, where and when (us), and the verdict on it."""

    number: int
    event: str
    saying: Saying
    author: WordAuthor
    device: str
    at_us: int
    verdict: WordVerdict
    became: Became = Became()


_NAMES = ("number", "word", "operator", "person", "at_us", "outcome_before", "reasons_before")
_SAID = Prepared(
    select(words.c.subject, *(words.c[name] for name in _NAMES))
    .where(words.c.site == bindparam("site"), words.c.kind == bindparam("kind"), among(words.c.subject, "subjects"))
    .where(words.c.is_valid.is_(True))
    .order_by(words.c.number)
)


def said_on(connection: Connection, site: str, kind: str, subjects: Collection[str]) -> dict[str, list[WordSaid]]:
    """The valid words on each of ``subjects``, in the order of their numbers; by one statement, however many."""
    said: dict[str, list[WordSaid]] = defaultdict(list)
    asked = {"site": site, "kind": kind, "subjects": list(subjects)}
    rows: Sequence[Any] = _SAID.run(connection, asked).all() if subjects else ()
    for subject, *cells in rows:
        said[subject].append(WordSaid(*cells))
    return said


def keep_words(connection: Connection, site: str, kept: Iterable[KeptWord]) -> None:
    """Keep words, each with its verdict."""
    insert_rows(connection, words, [_row(site, one) for one in kept])


def _row(site: str, kept: KeptWord) -> tuple[Any, ...]:
    saying, subject = kept.saying, kept.saying.subject
    about = (kept.event, subject.kind, subject.id, subject.version, subject.seen, subject.amount)
    who = (saying.word, kept.author.operator, kept.author.person, kept.device, saying.reason, saying.note, kept.at_us)
    return (site, kept.number, *about, *who, not kept.verdict.why, *kept.verdict, *kept.became)


def move_words(connection: Connection, site: str, keys: Mapping[str, str]) -> None:
    """Let what was said of some events stay with them under their new ``keys``: their ids are others' now."""
    for name, key in keys.items():
        whose = (words.c.site == site, words.c.kind == SubjectKind.EVENT.value, words.c.subject == name)
        connection.execute(update(words).where(*whose).values(subject=key))
