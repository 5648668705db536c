"""Laws of judges: every kind of subject has one or is told that it has none, and a new one is a file and a line."""

from collections.abc import Collection, Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules

import pytest
from sqlalchemy import select, text

from scanner_app.domain.events.decided import Decided, SubjectKind
from scanner_app.domain.events.saying import Saying, Subject
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore
from sync.central.database.tables import came_back, words
from sync.central.events.sender import Sender
from sync.central.events.stored import Stored
from sync.central.intake import judges
from sync.central.intake.judges.judge import Judge, SubjectStanding, WordDone, WordsHeard
from sync.central.intake.judges.kinds import BY_KIND, JUDGES
from sync.central.intake.known import Authority
from sync.central.words.kept_words import Became, KeptWord, said_on
from sync.central.words.word_verdict import WordSaid, person_of
from tests.central.warehouse import NOW_US, SITE, event, push
from tests.central.warehouse import words as outcomes

DESK = Sender(SITE, "desk", 1)


def said(store: CentralStore, sequence: int, word: str, *subjects: Subject, operator: str = "s1") -> tuple[str, ...]:
    """Say a word; return why it does not rule."""
    made = event(sequence, Decided(NOW_US, word, subjects), DESK, operator=operator)
    ((outcome, reasons),) = outcomes(push(store, [made], DESK))
    assert outcome.is_booked
    return reasons


def test_every_judge_is_in_the_list_once() -> None:
    names = (f"{judges.__name__}.{module.name}" for module in iter_modules(judges.__path__))
    found = {one for name in names for one in vars(import_module(name)).values() if _is_judge(one)}
    assert found == set(JUDGES)
    assert len(BY_KIND) == sum(len(judge.kinds) for judge in JUDGES)


def _is_judge(one: object) -> bool:
    return isinstance(one, type) and issubclass(one, Judge) and one is not Judge


@pytest.mark.parametrize("kind", SubjectKind)
def test_each_kind_of_subject_is_judged_or_told_that_nobody_does(store: CentralStore, kind: SubjectKind) -> None:
    """What the centre does not have is unknown to a judge; where there is none, nobody looks."""
    assert said(store, 1, "reject", Subject(kind, "some/thing")) == (
        ("unknown_subject",) if kind.value in BY_KIND else ("no_judge",)
    )
    with store.reading() as connection:
        assert connection.execute(select(words.c.number, words.c.kind, words.c.is_valid)).all() == [(1, kind, False)]
        assert len(connection.execute(select(came_back.c.number)).all()) == 1
    assert verify(store) == []


class _Plates(Judge):
    """A drill: plates may be rejected, by whoever is not s2, and stand at D then."""

    kinds = (SubjectKind.PLATE,)
    words = frozenset({"reject"})

    def look_up(self, sayings: Sequence[Saying], operators: Mapping[str, Authority]) -> Mapping[str, Authority]:
        plates = {one.subject.id for one in sayings}
        self.rejected: dict[str, list[WordSaid]] = {name: [] for name in plates if name.startswith("P")}
        self.rejected |= said_on(self._connection, self._site, SubjectKind.PLATE, self.rejected.keys())
        return operators

    @property
    def operators(self) -> Collection[str]:
        return {"s2"}

    def standing(self, subject: Subject, place: int, persons: Mapping[str, str]) -> SubjectStanding | None:
        found = self.rejected.get(subject.id)
        return None if found is None else SubjectStanding(found, frozenset({person_of(persons, "s2")}))

    def do(self, heard: WordsHeard) -> WordDone:
        author = heard.author
        was = WordSaid(heard.number, heard.saying.word, author.operator, author.person, heard.at_us)
        self.rejected[heard.saying.subject.id].append(was)
        return WordDone(became=Became(outcome="rejected"))

    def keep(self, valid: Sequence[KeptWord], kept: Mapping[str, Stored]) -> None:
        for one in valid:
            rejected = {"plate": one.saying.subject.id, "site": self._site}
            move = "UPDATE plates SET location = 'D' WHERE plate = :plate AND site = :site"
            self._connection.execute(text(move), rejected)


def test_a_judge_is_a_file_and_a_line(store: CentralStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is the same for every kind is done for it: the verdict, the number, the order, what comes back."""
    monkeypatch.setitem(BY_KIND, SubjectKind.PLATE.value, _Plates)
    with store.writing() as connection:
        cells = "verifier, roles, language, active, version FROM operators WHERE operator = 's1'"
        names = "site, operator, name, badge, person, verifier, roles, language, active, version"
        connection.execute(text(f"INSERT INTO operators ({names}) SELECT site, 's2', name, 's2', 'sam', {cells}"))
    one, other = Subject("plate", "P1"), Subject("plate", "X")
    assert said(store, 5, "reject", one, operator="s2") == ("own",)
    assert said(store, 1, "reject", one, operator="w1") == ("no_right",)
    assert said(store, 2, "accept", one) == ("unknown_word",)
    assert said(store, 3, "reject", other, one, Subject("event", "nobody's")) == ("unknown_subject",)
    with store.reading() as connection:
        assert connection.execute(text("SELECT location FROM plates WHERE plate = 'P1'")).scalar_one() == "D"
        kept = connection.execute(select(words.c.number, words.c.is_valid, words.c.outcome).order_by(words.c.number))
        assert [tuple(row) for row in kept.all()][4:] == [(5, True, "rejected"), (6, False, "")]
    assert said(store, 4, "reject", one) == ()
