"""What the book will hold once somebody accepts: what is told before is what comes of it."""

import pytest

from scanner_app.domain.counting.fold import fold
from scanner_app.domain.counting.outlook import after_accepting
from scanner_app.domain.counting.the_list import the_list
from scanner_app.domain.counting.walk import Window
from scanner_app.domain.counting.word import ClaimWord
from scanner_app.domain.events.decided import Word
from scanner_app.domain.ledger import is_account
from tests.counting.histories import history

_LATER = 10_000
"""The number of a word that nobody has said yet."""


@pytest.mark.parametrize("seed", [28, 62, 100])
def test_what_comes_of_accepting_a_row_is_what_was_told_before(seed: int) -> None:
    """Each row of the list, with all that is one row with it; in each of these histories a later claim falls by it."""
    site = history(seed).site
    facts, folded = site.facts(), site.folded
    rows = the_list(folded.kept)
    assert rows
    for row in rows:
        outlook = after_accepting(Window(folded.kept, facts.words), row.claims)
        words = {name: list(said) for name, said in facts.words.items()}
        for claim, state in row.claims:
            accept = ClaimWord(_LATER, Word.ACCEPT.value, claim.version, state.variance)
            words[claim.id] = [*words.get(claim.id, ()), accept]
        after = fold(facts._replace(words=words)).balances
        assert outlook.is_whole
        told = {key: held + outlook.more.get(key, 0) for key, held in folded.balances.items()}
        assert {key: held for key, held in told.items() if not is_account(key.place)} == {
            key: held for key, held in after.items() if not is_account(key.place)
        }
