"""Close a stocktake: as of an instant, with no more left than its author was shown."""

from sqlalchemy import Connection

from scanner_app.domain.desk.replies import Refused, Why
from scanner_app.domain.desk.work_asks import CloseStocktake
from scanner_app.domain.events.decided import NOTE_LENGTH_MAX
from sync.central.decisions.orders.author import Author
from sync.central.decisions.orders.effect import Meant, OrderKind
from sync.central.decisions.orders.kept_orders import already
from sync.central.tasks.stocktake_progress import Span, progress_of
from sync.central.tasks.stocktakes import Cut, close_one, stocktakes_of

WORD = "close_stocktake"


def _do(connection: Connection, author: Author, order: CloseStocktake) -> Refused | None:
    found = next((one for one in stocktakes_of(connection, author.site) if one.stocktake == order.stocktake), None)
    if found is None:
        return Refused(why=Why.UNKNOWN_SUBJECT)
    if found.closed_us:
        return already(connection, author.site, WORD, order.stocktake)
    if order.cut_us < found.begun_us or len(order.note) > NOTE_LENGTH_MAX:
        return Refused(why=Why.NOT_UNDERSTOOD)
    progress = progress_of(connection, author.site, Span(found.plan, found.begun_us, order.cut_us))
    if progress.left > order.left or len(progress.missing) > order.missing:
        return Refused(why=Why.MORE_LEFT)
    cut = Cut(order.cut_us, order.cut_us, order.note, has_gaps=True)
    close_one(connection, author.site, order.stocktake, cut)
    return None


CLOSE_STOCKTAKE = OrderKind(
    WORD, lambda order: Meant(order.stocktake, order.note), lambda _connection, _author, _order: False, _do
)
