"""In work: what a play is about to book, in a few words: how much of what, from where, of which lot."""

from scanner_app.domain.quantity import SCALE, show_quantity
from scanner_app.workflows.engine.given import Given
from scanner_app.workflows.engine.runner import Play
from scanner_app.workflows.lookups.stock import Rows
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.answers import Amount, Choice, Goods, Place, Text
from scanner_app.workflows.questions.ask.quantity import AskQuantity
from scanner_app.workflows.questions.part import Kind


def in_work(play: Play) -> str:
    """What was answered last counts: of places only where it is taken from, of pieces and rows how many there are."""
    chosen = _chosen(play)
    rows = _all_of(play, chosen)
    if rows is not None:
        first, more = rows.rows[0], len(rows.rows) - 1
        what = f"{show_quantity(first.quantity)} {first.unit} {first.item}"
        return f"{what} +{more} {first.place}" if more else f"{what} {first.place}"
    lots, pieces = _marks(play, labels.LOT)[-1:], _marks(play, labels.SERIAL)
    words = [_how_many(play), _what(chosen), _from(play), *lots, *(pieces if len(pieces) == 1 else [])]
    return " ".join(word for word in words if word)


def _last(play: Play, kind: type) -> Given | None:
    """The newest answer of a kind."""
    return next((given for given in reversed(play.given) if isinstance(given.answer, kind)), None)


def _chosen(play: Play) -> Given | None:
    """The goods, scanned before their place or behind it; or what was chosen in their stead."""
    for given in reversed(play.given):
        if isinstance(given.answer, Goods) or (isinstance(given.answer, Choice) and given.question.slot == "goods"):
            return given
    return None


def _all_of(play: Play, chosen: Given | None) -> Rows | None:
    """The rows of a place that is moved as a whole."""
    if chosen is None or not isinstance(chosen.answer, Choice) or chosen.question.words(chosen.answer).parts:
        return None
    return next((told for told in reversed(play.sent) if isinstance(told, Rows) and told.rows), None)


def _what(chosen: Given | None) -> str:
    if chosen is None:
        return ""
    if isinstance(chosen.answer, Goods):
        return chosen.answer.item
    parts = chosen.question.words(chosen.answer).parts
    return " ".join(part.text for part in parts if part.kind is Kind.CODE and part.text)


def _how_many(play: Play) -> str:
    """The amount as it was answered, or as far as it was counted, or the number of pieces."""
    if (given := _last(play, Amount)) is not None:
        return given.question.words(given.answer).data
    if counted := _counted(play):
        return counted
    pieces, goods = _marks(play, labels.SERIAL), _last(play, Goods)
    if not pieces or goods is None or not isinstance(goods.answer, Goods):
        return ""
    return f"{len(pieces)} {goods.answer.unit}" if goods.answer.factor == SCALE else str(len(pieces))


def _counted(play: Play) -> str:
    """What is counted, one by one so far, or all of it where a place ended that."""
    asked = play.question
    if isinstance(asked, AskQuantity):
        return asked.counted_words if asked.counts else ""
    given = next((given for given in reversed(play.given) if isinstance(given.question, AskQuantity)), None)
    return given.question.counted_words if given and isinstance(given.question, AskQuantity) else ""


def _marks(play: Play, label: Phrase) -> list[str]:
    """The lots or the serials that were answered."""
    return [
        given.answer.text
        for given in play.given
        if isinstance(given.answer, Text) and given.question.label_of(given.answer) is label
    ]


def _from(play: Play) -> str:
    """The place or plate that the goods are taken from, also where the work began with it."""
    for label, begun in ((labels.FROM, play.arguments.get("source", "")), (labels.PLATE, "")):
        places = (given for given in reversed(play.given) if isinstance(given.answer, Place))
        found = (given.answer.words for given in places if given.question.label_of(given.answer) is label)
        if place := next(found, begun):
            return place
    return ""
