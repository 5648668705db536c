"""Messages as rows: what was done, what stands in the way, what is news; each with its symbol, none pushed out."""

from collections.abc import Iterator, Sequence

from scanner_app.session.view.view import Message, Tone, View
from screens.cells import width_of, wrapped
from screens.clean import clean
from screens.row import Role, Row, row_of

SYMBOLS = {Tone.PLAIN: "", Tone.GOOD: "+ ", Tone.ATTENTION: "! ", Tone.BAD: "X "}
_ROLES = {Tone.PLAIN: Role.PLAIN, Tone.GOOD: Role.GOOD, Tone.ATTENTION: Role.ATTENTION, Tone.BAD: Role.BAD}
MESSAGE_ROWS_MAX = 6


def said(view: View) -> tuple[Message, ...]:
    """Everything a view says, in order."""
    message = (Message(view.message, view.tone),) if view.message else ()
    news = (Message(view.news, Tone.ATTENTION),) if view.news else ()
    back = (Message(view.back, view.back_tone),) if view.back else ()
    return (*view.before, *message, *news, *back)


def message_rows(view: View, width: int, rows: int | None = None) -> list[Row]:
    """All of it, or what has room in ``rows``: a row at least of each message, then the whole of the later ones."""
    messages = said(view)
    texts = [_texts(message, width, MESSAGE_ROWS_MAX) for message in messages]
    if rows is not None and sum(map(len, texts)) > rows:
        shares = _shares([len(text) for text in texts], rows)
        texts = [_texts(message, width, share) for message, share in zip(messages, shares, strict=True)]
    return [row for message, text in zip(messages, texts, strict=True) for row in _in_role(message, text, width)]


def _shares(wanted: Sequence[int], rows: int) -> list[int]:
    """A row each for the last so many, then what is left to the last first."""
    shares = [0] * len(wanted)
    for least in (1, MESSAGE_ROWS_MAX):
        for place in reversed(range(len(wanted))):
            granted = min(least, wanted[place]) - shares[place]
            granted = max(0, min(granted, rows - sum(shares)))
            shares[place] += granted
    return shares


def _texts(message: Message, width: int, rows: int) -> list[str]:
    """Symbol and words; later rows are indented to stand under the words, unless that would cut a code."""
    symbol, text = SYMBOLS[message.tone], clean(message.text)
    if rows <= 0:
        return []
    room = max(1, width - len(symbol))
    if any(width_of(word) > room for word in text.split(" ")):
        return wrapped(symbol + text, width, rows)
    texts = wrapped(text, room, rows)
    return [(" " * len(symbol) if index else symbol) + text for index, text in enumerate(texts)]


def _in_role(message: Message, texts: Sequence[str], width: int) -> Iterator[Row]:
    return (row_of(text, _ROLES[message.tone], width) for text in texts)
