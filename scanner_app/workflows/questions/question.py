"""A question: asked by a script, judged when it is answered, put into words; all that is particular to its kind.

A script makes one and is sent a checked answer. How a reading answers, what must be known of it for that, how the
answer is put in words and what a chart tries are members of the kind, so that each kind is told in one file.
"""

from typing import Any, ClassVar

from msgspec import Struct

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.desk.asks import Ask
from scanner_app.domain.desk.replies import Reply
from scanner_app.domain.recognition.label import Why
from scanner_app.workflows.lookups.look import Look
from scanner_app.workflows.lookups.places import Neighbour
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Amount, Answer, Choice, Goods, Place
from scanner_app.workflows.questions.facts import Facts, KnownMark, Wanted
from scanner_app.workflows.questions.judgement import Accepted, Again, Judgement
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import code, name
from scanner_app.workflows.questions.samples import Examples
from scanner_app.workflows.questions.shown import Shown


class Question(Struct, frozen=True, kw_only=True):
    """What every question has: the ``slot`` it fills, the sentence it is asked with, a sentence of ``help``.

    ``arguments`` fill the sentence; ``lines`` and the numbered ``options`` are shown under it, and ``beside`` what is
    known of what is asked about, below what was answered before. A command of ``commands`` answers with its value where
    nothing was answered that it would take back. Of a kind, ``forms`` are
    what help says of how to answer; ``takes_labels`` says that a label is an answer, so that a code that was typed
    instead is counted; ``is_secret`` that an answer is kept nowhere; ``is_repeated`` that the answer is a scan once
    more, which counts only when it was made after the question was shown; ``adds``, that the same label again is one
    more, and that the question knows a double read by itself; ``is_list``, that options come first;
    ``outlives_restart``, that it is asked again when the program was ended and begins again. ``minds`` are the faults
    of a reading that are told before it is judged as an answer.
    """

    slot: str
    phrase: Phrase
    help: Phrase
    label: Phrase | None = None
    arguments: dict[str, str] = {}
    lines: tuple[Shown, ...] = ()
    options: tuple[Option, ...] = ()
    beside: tuple[Shown, ...] = ()
    commands: dict[str, str] = {}

    forms: ClassVar[tuple[Phrase, ...]] = ()
    takes_labels: ClassVar[bool] = False
    is_secret: ClassVar[bool] = False
    is_repeated: ClassVar[bool] = False
    adds: ClassVar[bool] = False
    is_list: ClassVar[bool] = False
    outlives_restart: ClassVar[bool] = True
    minds: ClassVar[frozenset[Why]] = frozenset()

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        """Judge what was read against what is asked; ``wall_us`` is the wall clock of the entry."""
        raise NotImplementedError

    def examples(self) -> Examples:
        """The answers worth trying when a chart is drawn, each with what it is called there."""
        raise NotImplementedError

    @property
    def for_centre(self) -> Ask | None:
        """What the centre is asked, whose reply answers the question: at once, or with what is entered (``Sent``)."""
        return None

    def judge_reply(self, reply: Reply, wall_us: int) -> Judgement:
        """Judge what the centre answered to ``for_centre``."""
        raise NotImplementedError

    @property
    def looks_again(self) -> Look | None:
        """What is looked up again while nobody answers, as it was asked by it: another value is news."""
        return None

    @property
    def waits(self) -> bool:
        """Whether it is looked up again soon though nobody is heard of."""
        return False

    def is_news(self, value: Any) -> bool:
        """Say whether a value of ``looks_again`` is another one than the question was asked by."""
        del value
        return False

    def judge_news(self, wall_us: int) -> Accepted | None:
        """The answer that nobody gives, where there is news, so that it is asked anew."""
        del wall_us
        return None

    @property
    def is_tally(self) -> bool:
        """Whether the same scanned once more is one more."""
        return False

    @property
    def wanted(self) -> Wanted:
        """What must be known of a reading, beside what its codes mean, before it can be judged."""
        return Wanted()

    @property
    def wants(self) -> Phrase:
        """What is to be done instead, when something was read that is no answer."""
        raise NotImplementedError

    @property
    def context(self) -> tuple[Shown, ...]:
        """What helps to answer, shown below what was answered before."""
        return ()

    @property
    def neighbours(self) -> tuple[str, tuple[Neighbour, ...]]:
        """A location that is looked at, and those around it, for a picture."""
        return "", ()

    @property
    def choices(self) -> tuple[Option, ...]:
        """What can be chosen by its number."""
        return self.options

    @property
    def notice(self) -> Said | None:
        """What is to be said of the question as soon as it is asked."""
        return None

    def knows(self, text: str) -> bool:
        """Say whether a text is an answer as it stands, whatever it looks like."""
        del text
        return False

    def held(self, answer: Answer) -> Answer | None:
        """An answer that a label gave earlier, as it holds now that the question is reached; None when it does not."""
        return answer if self.holds(answer) else None

    def lost(self, answer: Answer) -> Again | Said | None:
        """What is to be said of an answer that a label gave earlier and that does not hold, or holds if confirmed."""
        del answer
        return None

    def holds(self, answer: Answer) -> bool:
        """Say whether an answer that a label gave earlier holds now that the question is reached, without a doubt."""
        del answer
        return False

    def takes_unknown(self, text: str) -> bool:
        """Say whether what the site does not know may become an answer: it might be a PIN, typed in the wrong place."""
        del text
        return False

    @property
    def of_rows(self) -> frozenset[tuple[str, str, str]]:
        """The (item, lot, serial) that a label of goods is held against; an empty text is in no question."""
        return frozenset()

    @property
    def is_blind(self) -> bool:
        """Whether an answer is taken without a look at the book: what may have been meant is not sought there."""
        return False

    @property
    def mark_of(self) -> KnownMark | None:
        """Of which item a lot or a serial is an answer."""
        return None

    def words(self, answer: Answer) -> Shown:
        """An answer as the worker would say it."""
        if isinstance(answer, Goods):
            return Shown(parts=(code(answer.item), name(answer.name)))
        if not isinstance(answer, Choice):
            return Shown(text=answer.words)
        options = (option for option in self.options if option.value == answer.value)
        return next((option.answered for option in options), Shown(text=answer.value))

    def label_of(self, answer: Answer) -> Phrase | None:
        """What an answer is called; it may be of another kind than was asked for."""
        return labels.GOODS if isinstance(answer, Goods) else self.label

    def tells_of_goods(self, answer: Answer) -> bool:
        """Say whether an answer tells of goods, how much of them, or a place: only that is work, and taken back."""
        return isinstance(answer, Place | Goods | Amount)

    def starts_over(self, answer: Answer) -> bool:
        """Say whether an answer is a place that the work starts from anew."""
        del answer
        return False
