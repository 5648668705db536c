"""Words on plates that a count did not see: somebody is to look again. That one is lost is an event, and no word."""

from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace
from sqlalchemy import bindparam, select

from scanner_app.domain.catalog import Plate
from scanner_app.domain.events.decided import SubjectKind, Word
from scanner_app.domain.events.saying import Saying, Subject
from scanner_app.domain.task import LOOK, MADE, Task
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.events.stored import Stored
from sync.central.intake.judges.judge import Judge, SubjectStanding, WordDone, WordsHeard
from sync.central.intake.known import Authority
from sync.central.words.kept_words import KeptWord, said_on
from sync.central.words.word_verdict import WordSaid
from sync.protocol import Back


class PlateJudge(Judge):
    kinds = (SubjectKind.PLATE,)
    words = frozenset({Word.RECOUNT})

    _places: Mapping[str, str] = {}
    _said: Mapping[str, list[WordSaid]] = {}

    def look_up(self, sayings: Sequence[Saying], operators: Mapping[str, Authority]) -> Mapping[str, Authority]:
        names = sorted({one.subject.id for one in sayings} - self._places.keys())
        rows = self._connection.execute(_PLATES, {"site": self._site, "names": names}).all() if names else ()
        found = {row.plate: row.location or row.parent for row in rows}
        said = said_on(self._connection, self._site, SubjectKind.PLATE, found.keys())
        self._said = {**self._said, **{name: said.get(name, []) for name in found}}
        self._places = {**self._places, **found}
        return operators

    @property
    def operators(self) -> Collection[str]:
        return ()

    def standing(self, subject: Subject, place: int, persons: Mapping[str, str]) -> SubjectStanding | None:  # noqa: ARG002  a plate is nobody's own
        said = self._said.get(subject.id)
        return None if said is None else SubjectStanding(said, frozenset())

    def do(self, heard: WordsHeard) -> WordDone:
        author, saying = heard.author, heard.saying
        was = WordSaid(heard.number, saying.word, author.operator, author.person, heard.at_us)
        self._said[saying.subject.id].append(was)
        return WordDone()

    def tell(self, back: Back, subject: Subject) -> Back:
        return replace(back, place=self._places.get(subject.id, ""), item=subject.id)

    def keep(self, valid: Sequence[KeptWord], kept: Mapping[str, Stored]) -> None:  # noqa: ARG002  no event changes
        """Somebody is to look where it was last."""
        names = {one.saying.subject.id: one.at_us for one in valid}
        self.tasks = [
            Task(f"{MADE}{name}", LOOK, self._places[name], name, since_us) for name, since_us in names.items()
        ]


_plates = BY_STRUCT[Plate].table.c
_PLATES = select(_plates.plate, _plates.location, _plates.parent).where(
    _plates.site == bindparam("site"), among(_plates.plate, "names")
)
