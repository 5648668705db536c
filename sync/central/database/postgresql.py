"""PostgreSQL as the central store uses it: how connections are made, watched and kept from hanging.

A COMMIT whose wait for a standby is cancelled is reported as done, with a warning beside it. What was to be committed
may be lost with this server, so :func:`refuse_unconfirmed` makes an error of it: nobody may be told that it is safe.
"""

from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, make_url, text
from sqlalchemy.pool import ConnectionPoolEntry

from scanner_app.errors import CentralError, UnconfirmedError
from sync.central.database.bulk import prepare_copy
from sync.central.database.sessions import settle_session

CONNECTIONS_MAX = 16
"""Of one process: as many as threads of the service may ask for."""
ISOLATION = "READ COMMITTED"
"""Of a writer: what it reads after it has waited for the site's counter row is the newest."""
ONE_MOMENT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""Options of a transaction that only reads, and sees one moment."""

ONE_STATEMENT = {"isolation_level": "AUTOCOMMIT"}
"""Options of a connection on which a single statement reads: the server hears of no transaction."""

_PATIENCE = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
    "application_name": "scanner",
    "options": "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3",
}
"""A host that is gone is noticed within half a minute, by us and by the server; the URL may say otherwise."""
_OF_STANDBYS = ("25006", "0A000")
"""What a standby says to who wants to write, and to who begins a transaction that may."""
_WARNED = "warned"


_BY_INDEX = " -c plan_cache_mode=force_custom_plan"
"""Every look-up of the service has an index. A plan that was made while a table was new and small would read all of it,
and a prepared plan is kept until the table is analysed."""

_PLANNED_ONCE = text(
    "SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)"
)


def engine_of(url: str, *, is_service: bool = False) -> Engine:
    """Make an engine for a PostgreSQL URL; that of a service reads by index even where a table is small."""
    wanted = make_url(url)
    settings = {name: value for name, value in _PATIENCE.items() if name not in wanted.query}
    if is_service and "options" in settings:
        settings["options"] += _BY_INDEX
    limits = {"pool_size": CONNECTIONS_MAX, "max_overflow": 0}
    engine = create_engine(wanted, isolation_level=ISOLATION, connect_args=settings, **limits)
    event.listen(engine, "connect", settle_session, insert=True)  # before the driver's own first questions
    event.listen(engine, "connect", _watch)
    event.listen(engine, "handle_error", _leave_standby)
    prepare_copy(engine)
    return engine


def refuse_unfit(connection: Connection) -> None:
    """Refuse a server that would acknowledge what it has not written.

    Raises:
        CentralError: it is such a one.
    """
    if connection.dialect.name != "postgresql":
        return
    if connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "off":
        raise CentralError("PostgreSQL says that commits are safe before they are: set synchronous_commit to on.")


def plan_once(connection: Connection) -> None:
    """Have the statements of this transaction planned once by each connection, by index whatever a table has now.

    It is for the long ones: planning them costs more than what they read.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_PLANNED_ONCE)


def forget_warnings(connection: Connection) -> None:
    """Begin a transaction with a clean sheet."""
    connection.info.pop(_WARNED, None)


def refuse_unconfirmed(connection: Connection) -> None:
    """Look at what the server said beside its answers, after a commit.

    Raises:
        UnconfirmedError: it has committed, and cannot say whether its standby has.
    """
    warning = connection.info.pop(_WARNED, None)
    if warning is not None:
        raise UnconfirmedError(f"PostgreSQL does not vouch for a commit: {warning}.")


def _leave_standby(context: ExceptionContext) -> None:
    """Let go of a server that only reads: connections made while another took over would stay with it for good."""
    if getattr(context.original_exception, "sqlstate", None) in _OF_STANDBYS:
        context.is_disconnect = True


def _watch(connection: Any, record: ConnectionPoolEntry) -> None:
    """Keep the warnings of a connection; their words depend on the server's language, their severity does not."""

    def keep(notice: Any) -> None:
        if notice.severity_nonlocalized == "WARNING":
            record.info[_WARNED] = notice.message_primary

    connection.add_notice_handler(keep)
