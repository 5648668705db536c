"""An order to the centre: the author's own PIN, which goes there with it once; the reply is the answer."""

from typing import ClassVar

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.desk.asks import Ask, Order
from scanner_app.domain.desk.replies import Done, Refused, Reply, Why
from scanner_app.domain.people import is_pin
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import desk_phrases
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Replied
from scanner_app.workflows.questions.facts import Facts
from scanner_app.workflows.questions.judgement import Accepted, Judgement, Sent, doubt, refused
from scanner_app.workflows.questions.judgement import Refused as Mistake
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.no_of_the_centre import no
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import Examples


class AskOrder(Question, frozen=True, kw_only=True):
    """The PIN of who orders it: a secret that the centre checks, kept nowhere and asked for again after a restart.

    The ``order`` has an id of its own, so that the centre does it once however often it is sent.
    """

    order: Order

    is_secret: ClassVar[bool] = True

    @property
    def for_centre(self) -> Ask:
        return self.order

    def judge_reply(self, reply: Reply, wall_us: int) -> Judgement:
        """Only what was done answers; where the centre says no, the question stays, for another PIN or to go back."""
        if isinstance(reply, Done):
            return Accepted(Replied(reply, wall_us))
        refusal = reply if isinstance(reply, Refused) else Refused(why=Why.NOT_UNDERSTOOD)
        return Mistake(no(refusal))

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del facts, wall_us, limits
        return Sent(doubt(desk_phrases.ON_ITS_WAY)) if is_pin(reading.text) else refused(say.NOT_A_PIN)

    @property
    def wants(self) -> Phrase:
        return say.WANT_PIN

    def examples(self) -> Examples:
        return (("done", Replied(Done(number=7))),)
