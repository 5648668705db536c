"""A judge that says of words on claims what the model of the site says: for tests of what words do, not of verdicts."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from scanner_app.domain.events.decided import SubjectKind, Word
from scanner_app.domain.events.saying import Saying
from sync.central.events.stored import Stored
from sync.central.intake.judges.judge import Judge, SubjectStanding, WordDone, WordsHeard
from sync.central.intake.judges.kinds import BY_KIND
from sync.central.intake.known import Authority
from sync.central.words.kept_words import KeptWord
from tests.counting.site import Site


def _judge(site: Site, kind_: SubjectKind) -> type[Judge]:
    class ToldJudge(Judge):
        kind = kind_
        words = frozenset({Word.ACCEPT.value, Word.REJECT.value, Word.RECOUNT.value, Word.WITHDRAW.value})

        def look_up(self, sayings: Sequence[Saying], operators: Mapping[str, Authority]) -> Mapping[str, Authority]:
            return operators

        @property
        def operators(self) -> Collection[str]:
            return ()

        def standing(self, subject: str, place: int, persons: Mapping[str, str]) -> SubjectStanding | None:
            return SubjectStanding((), frozenset())

        def do(self, heard: WordsHeard) -> WordDone:
            return WordDone(site.heard[heard.number - 1].verdict.why)

        def keep(self, valid: Sequence[KeptWord], kept: Mapping[str, Stored]) -> None:
            pass

    return ToldJudge


@contextmanager
def judged_as(site: Site) -> Iterator[None]:
    before = dict(BY_KIND)
    BY_KIND.update({kind.value: _judge(site, kind) for kind in (SubjectKind.CLAIM, SubjectKind.CLOSING)})
    try:
        yield
    finally:
        BY_KIND.clear()
        BY_KIND.update(before)
