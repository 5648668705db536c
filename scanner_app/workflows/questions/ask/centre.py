"""What the centre is asked at once: nothing is entered, its reply is the answer."""

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.desk.asks import Ask
from scanner_app.domain.desk.replies import Refused, Reply, is_answer
from scanner_app.domain.desk.replies import Why as Refusal
from scanner_app.domain.recognition.label import Why
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import desk_phrases as say
from scanner_app.workflows.questions import phrases as questions
from scanner_app.workflows.questions.answers import Answer, Replied
from scanner_app.workflows.questions.desk_samples import replies_to
from scanner_app.workflows.questions.facts import Facts
from scanner_app.workflows.questions.judgement import Accepted, Ignored, Judgement, doubt, refused
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import Examples
from scanner_app.workflows.questions.shown import Shown


class AskCentre(Question, frozen=True, kw_only=True):
    """A reply of the centre to ``ask``; what is entered meanwhile is told to wait, and commands work as ever."""

    ask: Ask

    @property
    def for_centre(self) -> Ask:
        return self.ask

    def judge_reply(self, reply: Reply, wall_us: int) -> Judgement:
        """Whatever the centre says is an answer; what is none to this is one that was not understood."""
        return Accepted(Replied(reply if is_answer(self.ask, reply) else Refused(why=Refusal.NOT_UNDERSTOOD), wall_us))

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del facts, wall_us, limits
        if reading.why is not Why.NOTHING:
            return refused(questions.GO_BACK_FIRST)
        return Ignored(doubt(say.ON_ITS_WAY))

    def words(self, answer: Answer) -> Shown:
        del answer
        return Shown(phrase=say.ANSWERED)

    @property
    def wants(self) -> Phrase:
        return say.WANT_REPLY

    def examples(self) -> Examples:
        return replies_to(self.ask)
