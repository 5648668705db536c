"""Retire an operator: who signs in no more, at no device; what was done under the name stays."""

from msgspec.structs import replace
from sqlalchemy import Connection

from scanner_app.domain.desk.asks import RetireOperator
from scanner_app.domain.desk.replies import Refused, Why
from sync.central.decisions.asker import known_operator, stored_operator
from sync.central.decisions.orders.author import Author
from sync.central.decisions.orders.effect import Meant, OrderKind
from sync.central.decisions.orders.kept_orders import already
from sync.central.decisions.orders.operator_rows import keep_operator

WORD = "retire_operator"


def _do(connection: Connection, author: Author, order: RetireOperator) -> Refused | None:
    known = stored_operator(connection, author.site, order.operator)
    if known is None:
        return Refused(why=Why.UNKNOWN_SUBJECT)
    if not known.active:
        return already(connection, author.site, WORD, order.operator)
    keep_operator(connection, author.site, replace(known, active=False))
    return None


def _is_own(connection: Connection, author: Author, order: RetireOperator) -> bool:
    known = known_operator(connection, author.site, order.operator)
    return known is not None and known.who == author.person


RETIRE_OPERATOR = OrderKind(WORD, lambda order: Meant(order.operator, order.reason), _is_own, _do)
