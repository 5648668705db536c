"""What may be said on each kind of case; a key is no event: it is right again when the book is.

A plate is looked for again by *recount*; that it is lost is no word, but a closing of it: an event of whoever says so.
"""

from scanner_app.domain.desk.case import CaseKind
from scanner_app.domain.events.decided import SubjectKind, Word

WORDS: dict[str, tuple[Word, ...]] = {
    CaseKind.EXCEPTION: (Word.SEEN,),
    CaseKind.HELD: (Word.RELEASE, Word.VOID),
    CaseKind.QUARANTINED: (Word.LET_IN, Word.VOID),
    CaseKind.CLAIM: (Word.ACCEPT, Word.RECOUNT, Word.REJECT),
    CaseKind.MISSING_PLATE: (Word.RECOUNT,),
    CaseKind.ADJUSTMENT: (Word.ACCEPT, Word.REJECT),
    CaseKind.UNKNOWN_CODE: (Word.VOID,),
    CaseKind.NAMED_CODE: (),
}
SUBJECTS: dict[str, SubjectKind] = {
    **dict.fromkeys(WORDS, SubjectKind.EVENT),
    CaseKind.CLAIM: SubjectKind.CLAIM,
    CaseKind.ADJUSTMENT: SubjectKind.ADJUSTMENT,
    CaseKind.MISSING_PLATE: SubjectKind.PLATE,
}
"""What a word on a case is about."""
RULING_NOTHING = frozenset({Word.RECOUNT})
"""Words that decide nothing: they want no reason and no PIN."""
