"""An undecided code: it means several things that would do, they are listed, and a number says which was meant."""

from msgspec.structs import replace

from scanner_app.domain.capture.barcode import Reading
from scanner_app.workflows.engine.typed_phrases import HELP_WHICH, WHICH_ONE
from scanner_app.workflows.engine.verdict import Verdict
from scanner_app.workflows.questions.judgement import Meaning
from scanner_app.workflows.questions.option import chosen
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.several import options_of, value_of


def which_of(question: Question, undecided: Verdict) -> Question:
    """A question as it is shown while it is open which meaning was meant."""
    options = options_of(undecided.meanings)
    return replace(question, phrase=WHICH_ONE, help=HELP_WHICH, arguments={}, lines=(), options=options)


def decided(undecided: Verdict | None, reading: Reading) -> tuple[Reading, Meaning] | None:
    """What was read before and which of its meanings a number chooses, if one is typed that does."""
    if undecided is None or undecided.reading is None or reading.aim:
        return None
    option = chosen(options_of(undecided.meanings), reading.text)
    meant = (one for one in undecided.meanings if option is not None and value_of(one) == option.value)
    return next(((undecided.reading, one) for one in meant), None)
