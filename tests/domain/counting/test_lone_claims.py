"""A claim that is alone among its goods, with nothing else happening there, is what a walk over many makes of it."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scanner_app.domain.catalog import NO_LIMIT
from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.claim import Claim
from scanner_app.domain.counting.count import CountClosing, CountLine, claim_of_closing, claims_of
from scanner_app.domain.counting.frozen import Frozen
from scanner_app.domain.counting.one_walk import OneWalk
from scanner_app.domain.counting.state import Kept, State
from scanner_app.domain.counting.walk import News, Window, walk
from scanner_app.domain.counting.word import ClaimWord
from scanner_app.domain.ledger import StockKey

_TEA = StockKey("A", "TEA")
_SAW = StockKey("A", "SAW", serial="S1")
_INSTANT = Instant(20, "d", 1, 2, 0)
_small = st.integers(-5, 5)
_limit = st.sampled_from([NO_LIMIT, 0, 1, 3])
_limits = st.builds(Frozen, _limit, _limit, _limit, cost=st.integers(0, 2), two_from=_limit)


@st.composite
def _claims(draw: st.DrawFn) -> Claim:
    key, pieces = draw(st.sampled_from([(_TEA, 8), (_TEA, 0), (_SAW, 1), (_SAW, 0)]))
    closing = CountClosing("x", "c", "A", 1, 0, 1, _INSTANT, 0, "7", "7")
    line = CountLine("l", "c", key, pieces, 1, _INSTANT, 0, "7", "7", is_unsaid=draw(st.booleans()))
    made = claim_of_closing(closing, key) if draw(st.booleans()) else claims_of([line])[0]
    return replace(made, frozen=draw(_limits), recounts=draw(st.sampled_from(["", "another"])))


@st.composite
def _words(draw: st.DrawFn, claim: Claim) -> dict[str, list[ClaimWord]]:
    said = st.sampled_from(["accept", "reject", "recount", "withdraw"])
    versions = st.sampled_from([claim.version, "another"])
    words = draw(st.lists(st.tuples(said, versions, _small), max_size=3))
    made = [ClaimWord(number, word, version, amount) for number, (word, version, amount) in enumerate(words, 1)]
    return {draw(st.sampled_from([claim.id, claim.version])): made} if made else {}


@given(st.data(), _claims(), _small)
def test_one_that_is_new(data: st.DataObject, claim: Claim, off: int) -> None:
    words = data.draw(_words(claim))
    held = {claim.key: claim.quantity + off}
    one = OneWalk(words, set())
    one.meet(claim, held)
    one.walk()
    walked = walk(Window(words=words), News(new=[claim], met={claim.id: held}))
    assert (walked.kept, walked.rows, walked.unended) == (one.changed, one.rows, frozenset())


@given(st.data(), _claims(), _small, st.booleans())
def test_one_that_was_kept_and_of_which_something_was_said(
    data: st.DataObject, claim: Claim, off: int, is_on_closing: bool
) -> None:
    before = walk(Window(), News(new=[claim], met={claim.id: {claim.key: claim.quantity + off}})).kept
    kept = [*before] or [Kept(claim, State())]
    words = data.draw(_words(claim))
    touched = data.draw(st.sampled_from([set(), {claim.version if is_on_closing else claim.id}, {"another"}]))
    one = OneWalk(words, touched)
    one.keep(kept[0], is_gone=False)
    one.walk()
    walked = walk(Window(kept, words), News(touched=touched))
    assert (walked.kept, walked.rows, walked.unended) == (one.changed, one.rows, frozenset())
