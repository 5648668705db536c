"""Set a PIN: an operator has another verifier from now on. One's own wants no right but one's own PIN."""

from msgspec.structs import replace
from sqlalchemy import Connection

from scanner_app.domain.desk.asks import SetPin
from scanner_app.domain.desk.replies import Refused, Why
from scanner_app.domain.pin import is_sound_verifier
from sync.central.decisions.asker import known_operator
from sync.central.decisions.orders.author import Author
from sync.central.decisions.orders.effect import Meant, OrderKind
from sync.central.decisions.orders.operator_rows import keep_operator
from sync.central.decisions.pin_failures import forget

WORD = "set_pin"


def _do(connection: Connection, author: Author, order: SetPin) -> Refused | None:
    known = known_operator(connection, author.site, order.operator)
    if known is None:
        return Refused(why=Why.UNKNOWN_SUBJECT)
    if not is_sound_verifier(order.verifier):
        return Refused(why=Why.NOT_UNDERSTOOD)
    keep_operator(connection, author.site, replace(known, verifier=order.verifier))
    forget(connection, author.site, known.who)
    return None


SET_PIN = OrderKind(
    WORD,
    lambda order: Meant(order.operator),
    lambda _connection, author, order: order.operator == author.operator,
    _do,
    own_is_free=True,
)
