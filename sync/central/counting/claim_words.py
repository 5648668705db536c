"""Claim words: the valid words on claims and on closings as wholes, as a walk wants them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.counting.claim import Claim, ClaimKind
from scanner_app.domain.counting.word import ClaimWord
from scanner_app.domain.events.decided import SubjectKind
from sync.central.database.among import among
from sync.central.database.bulk import insert_rows
from sync.central.database.tables import claim_amounts, claims, words
from sync.central.words.kept_words import KeptWord


def said_of(connection: Connection, site: str, spoken_of: Iterable[Claim]) -> dict[str, list[ClaimWord]]:
    """The valid words by claim, and by closing for those on the whole, which are by claim, too, where it was known.

    That is so as well when the claim is no longer one of that closing, as a line of it is there again.
    """
    of_claims = list(spoken_of)
    ids = sorted(claim.id for claim in of_claims)
    closings = sorted({claim.version for claim in of_claims if claim.kind is ClaimKind.CLOSING})
    said: dict[str, list[ClaimWord]] = defaultdict(list)
    asked = {"of_site": site, "ids": ids, "closings": closings}
    for row in connection.execute(_ON_CLAIMS, asked) if ids else ():
        said[row.subject].append(ClaimWord(row.number, row.word, row.subject_version, row.amount))
    for row in connection.execute(_ON_CLOSINGS, asked) if closings else ():
        said[row.subject].append(ClaimWord(row.number, row.word, row.subject, is_whole=True))
    for row in connection.execute(_AMOUNTS, asked) if ids else ():
        said[row.claim].append(ClaimWord(row.number, row.word, row.subject, row.amount, is_whole=True))
    return said


def spoken_of(connection: Connection, site: str, said: Collection[KeptWord]) -> list[Any]:
    """The rows of the claims on which something valid was said; of a whole closing it is kept what each was then."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    numbers: Mapping[str, list[int]] = defaultdict(list)
    for one in said:
        by_kind[one.saying.subject.kind].add(one.saying.subject.id)
        numbers[one.saying.subject.id].append(one.number)
    asked = {
        "of_site": site,
        "ids": sorted(by_kind[SubjectKind.CLAIM]),
        "closings": sorted(by_kind[SubjectKind.CLOSING]),
    }
    rows = list(connection.execute(_OF_CLOSINGS, asked)) if asked["closings"] else []
    shown = {(row.claim, number): row.variance for row in rows for number in numbers[row.closing]}
    insert_rows(connection, claim_amounts, [(site, *which, amount) for which, amount in shown.items()])
    return rows + (list(connection.execute(_OF_IDS, asked)) if asked["ids"] else [])


def is_of_counts(word: KeptWord) -> bool:
    """Say whether a word is valid, and on what a count claims."""
    return not word.verdict.why and word.saying.subject.kind in (SubjectKind.CLAIM, SubjectKind.CLOSING)


def _words_on(kind: SubjectKind, name: str) -> Any:
    names = ("subject", "number", "word", "subject_version", "amount")
    of_kind = (words.c.site == bindparam("of_site"), words.c.kind == kind.value, words.c.is_valid.is_(True))
    return select(*(words.c[one] for one in names)).where(*of_kind, among(words.c.subject, name))


_ON_CLAIMS = _words_on(SubjectKind.CLAIM, "ids")
_ON_CLOSINGS = _words_on(SubjectKind.CLOSING, "closings")
_said_then = (words.c.site == claim_amounts.c.site) & (words.c.number == claim_amounts.c.number)
_AMOUNTS = (
    select(claim_amounts.c.claim, claim_amounts.c.amount, words.c.number, words.c.word, words.c.subject)
    .join_from(
        claim_amounts, words, (words.c.site == claim_amounts.c.site) & (words.c.number == claim_amounts.c.number)
    )
    .where(claim_amounts.c.site == bindparam("of_site"), among(claim_amounts.c.claim, "ids"))
)
_ALIVE = (claims.c.site == bindparam("of_site"), claims.c.is_alive.is_(True))
_NAMED = select(*(claims.c[name] for name in ("claim", "goods", "closing", "effective_us", "variance"))).where(*_ALIVE)
_OF_IDS = _NAMED.where(among(claims.c.claim, "ids"))
_OF_CLOSINGS = _NAMED.where(among(claims.c.closing, "closings"))
