"""What may be said on each kind of case; a key is no event: it is right again when the book is."""

from scanner_app.domain.desk.case import CaseKind
from scanner_app.domain.events.decided import SubjectKind, Word

WORDS: dict[str, tuple[Word, ...]] = {
    CaseKind.EXCEPTION: (Word.SEEN,),
    CaseKind.HELD: (Word.RELEASE, Word.VOID),
    CaseKind.QUARANTINED: (Word.LET_IN, Word.VOID),
}
SUBJECTS: dict[str, SubjectKind] = dict.fromkeys(WORDS, SubjectKind.EVENT)
"""What a word on a case is about."""
YOURS = "yours"
"""The mark of a case that whoever asks may not decide, because it is their own."""
