"""Words on claims: which of them applies to a claim, and which rules."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scanner_app.domain.counting.claim import Claim, ClaimKind
from scanner_app.domain.events.decided import Word


class ClaimWord(NamedTuple):
    """A numbered, valid ``word`` on a claim, or on a closing as a whole (``is_whole``: on each of its claims).

    ``version`` is the one that it names; a closing as a whole is its own version. ``amount`` is the difference that its
    author was shown of the claim. Of a word on the whole that is what each claim differed by when the centre judged
    it, and nothing for those that nobody knew of yet.
    """

    number: int
    word: str
    version: str
    amount: int = 0
    is_whole: bool = False


def words_on(claim: Claim, words: Mapping[str, Iterable[ClaimWord]]) -> list[ClaimWord]:
    """The words on a claim, of those by claim and by closing as a whole.

    A word on the whole that is there by claim, too, says what was shown of that claim.

    >>> from scanner_app.domain.clock import Instant
    >>> from scanner_app.domain.counting.count import CountClosing, claim_of_closing
    >>> from scanner_app.domain.ledger import StockKey
    >>> closing = CountClosing("x", "c", "A", 0, 0, 1, Instant(2, "d", 1, 1, 0), 0, "7", "7")
    >>> claim = claim_of_closing(closing, StockKey("A", "TEA"))
    >>> whole = ClaimWord(1, "accept", "x", is_whole=True)
    >>> [word.amount for word in words_on(claim, {"x": [whole], claim.id: [whole._replace(amount=-5)]})]
    [-5]
    """
    on_whole = words.get(claim.version, ()) if claim.kind is ClaimKind.CLOSING else ()
    by_number = {word.number: word for word in (*on_whole, *words.get(claim.id, ()))}
    return [by_number[number] for number in sorted(by_number)]


def ruling(words: Iterable[ClaimWord], version: str) -> ClaimWord | None:
    """The word that rules a claim of this ``version``, of all the valid ones on it and on its closing as a whole.

    It is the last acceptance or rejection that names this version and was not withdrawn since. A withdrawal takes back
    all before it, whatever version they or itself name; asking for a recount rules nothing.

    >>> accept, recount = ClaimWord(1, "accept", "v1", -2), ClaimWord(2, "recount", "v1")
    >>> ruling([accept, recount], "v1").number, ruling([accept], "v2")
    (1, None)
    >>> ruling([accept, ClaimWord(3, "withdraw", "v2")], "v1") is None
    True
    """
    rules: ClaimWord | None = None
    for word in sorted(words):
        if word.word == Word.WITHDRAW:
            rules = None
        elif word.word in (Word.ACCEPT, Word.REJECT) and word.version == version:
            rules = word
    return rules
