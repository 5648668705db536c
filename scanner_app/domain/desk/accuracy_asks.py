"""What is asked of the centre about how true the book is, and about who decided what of it."""

from msgspec import Struct

ROWS_MAX = 50


class AskAccuracy(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="ask", tag="accuracy"):
    """The figures of a ``period`` (as ``domain/accuracy/period.py`` reads it; empty: the month that it is).

    ``facet`` and ``name`` are what they are of, empty for all; ``by`` is another facet by which they are told apart,
    in pages that begin behind ``after``. ``with_doubts`` says what else one has to know of them.
    """

    period: str = ""
    facet: str = ""
    name: str = ""
    by: str = ""
    after: str = ""
    rows_max: int = ROWS_MAX
    with_doubts: bool = False


class AskAccuracyLines(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="ask", tag="accuracy_lines"):
    """A page of the lines behind figures: those that differ, or of ``what`` (a sum of ``domain/accuracy/sums.py``)."""

    period: str = ""
    facet: str = ""
    name: str = ""
    what: str = "differing"
    after: str = ""
    rows_max: int = ROWS_MAX


class AskCheckers(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="ask", tag="checkers"):
    """What supervisors said of counts in a period: a page of pairs of one of them and a counter."""

    period: str = ""
    after: str = ""
    rows_max: int = ROWS_MAX
