"""What is said of each entry, overheard where the session tells it: by its key, to be held against the store."""

from typing import NamedTuple

from scanner_app.session.session import Session
from scanner_app.session.transcript import Transcript
from scanner_app.session.view.view import Told
from scanner_app.workflows.phrases.said import Said


class Heard(NamedTuple):
    """One sentence, the entry it is said of, and as it was told."""

    entry: int
    said: Said
    told: Told


class Overheard(Transcript):
    """A transcript that keeps what it tells; ``heard`` is forgotten with what is rewound."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._of = session
        self.heard: list[Heard] = []

    def rewind(self, told: tuple[Told, ...]) -> None:
        super().rewind(told)
        self.heard = [one for one in self.heard if one.told.number <= self._number]

    def _tell(self, said: Said, *, is_of_before: bool) -> None:
        before = len(self._told)
        in_sight = [one for old in self._in_sight for one in old.in_order]
        super()._tell(said, is_of_before=is_of_before)
        new = [one for one in said.in_order[:-1] if one not in in_sight] + [said.in_order[-1]]
        entry = self._of.store.file.database.execute("SELECT coalesce(max(entry), 0) FROM verdict").fetchone()[0]
        told = self._told[before:]
        assert [one.message.text for one in told] == [self._of.language.said(one) for one in new], "told as it is said"
        self.heard += [Heard(entry, one, its) for one, its in zip(new, told, strict=True)]
