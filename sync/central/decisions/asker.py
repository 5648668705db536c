"""Who asks at the desk: an operator of the site who may decide, at a device that is trusted."""

from msgspec import Struct
from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.catalog import Site
from scanner_app.domain.desk.replies import Refused, Why
from scanner_app.domain.people import Operator, Right, Role, is_reserved, rights_of
from sync.central.database.constants import written
from sync.central.database.master_tables import BY_STRUCT, row_of
from sync.central.events.sender import Sender

OPERATORS = BY_STRUCT[Operator]
_sites = BY_STRUCT[Site].table


class Asker(Struct, frozen=True):
    """``operator`` sits at ``device`` of ``site``, has these ``rights`` there, and counts at the ``hidden`` places."""

    site: str
    device: str
    operator: Operator
    rights: frozenset[Right] = frozenset()
    hidden: tuple[str, ...] = ()


def stored_operator(connection: Connection, site: str, operator: str) -> Operator | None:
    """Return an operator of the site, also one who is out of use."""
    columns = [OPERATORS.table.c[name] for name in OPERATORS.fields]
    whose = (OPERATORS.table.c.site == site, OPERATORS.table.c.operator == operator)
    row = connection.execute(select(*columns).where(*whose)).one_or_none()
    return row_of(OPERATORS, tuple(row)) if row else None


def known_operator(connection: Connection, site: str, operator: str) -> Operator | None:
    """Return an operator of the site who is not out of use; a name that is the program's own is nobody's."""
    known = None if is_reserved(operator) else stored_operator(connection, site, operator)
    return known if known and known.active else None


def asker_of(connection: Connection, sender: Sender, operator: str, right: Right | None) -> Asker | Refused:
    """Return who asks, or why nobody is answered; ``right`` is what the question wants."""
    if sender.revoked:
        return Refused(why=Why.DEVICE_REVOKED)
    known = known_operator(connection, sender.site, operator)
    if known is None:
        return Refused(why=Why.UNKNOWN_OPERATOR)
    rights = rights_of(known.roles, _taken_away(connection, sender.site))
    if right is not None and right not in rights:
        return Refused(why=Why.NO_RIGHT)
    return Asker(sender.site, sender.device, known, rights)


def _taken_away(connection: Connection, site: str) -> tuple[str, ...]:
    """The rights that the site does not let its roles have, as words."""
    words = connection.execute(select(_sites.c.taken_away).where(_sites.c.site == site)).scalar()
    return tuple((words or "").split())


def deciders(connection: Connection, site: str) -> dict[str, str]:
    """The operators of a site who may decide, and which person each is."""
    found = [row_of(OPERATORS, tuple(row)) for row in connection.execute(_SUPERVISORS, {"site": site}).all()]
    return {one.operator: one.who for one in found if one.may(Right.DECIDE)}


def alone(connection: Connection, site: str) -> str:
    """The only person who may decide at a site; empty where there are several, or none."""
    persons = {*deciders(connection, site).values()}
    return next(iter(persons)) if len(persons) == 1 else ""


_SUPERVISORS = written(
    select(*(OPERATORS.table.c[name] for name in OPERATORS.fields)).where(
        OPERATORS.table.c.site == bindparam("site"),
        OPERATORS.table.c.active.is_(True),
        OPERATORS.table.c.roles.contains(Role.SUPERVISOR.value),
    )
)
