"""What is asked of the centre about what is to be counted, and that a stocktake is closed."""

from msgspec import Struct

ROWS_MAX = 50


class AskTasks(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="ask", tag="tasks"):
    """A page of what is to be done, the most urgent first, of one ``zone`` or of all; it begins behind ``after``."""

    zone: str = ""
    after: str = ""
    rows_max: int = ROWS_MAX


class AskStocktake(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="ask", tag="stocktake"):
    """How far the stocktake is that goes on, or what the last one came to."""


class CloseStocktake(Struct, frozen=True, kw_only=True, tag_field="ask", tag="close_stocktake"):
    """``stocktake`` is closed as of ``cut_us``, with so many places ``left`` and devices ``missing`` at most.

    They are what its author was shown: with more than that it is not closed.
    """

    id: str
    stocktake: str
    cut_us: int
    left: int = 0
    missing: int = 0
    note: str = ""
