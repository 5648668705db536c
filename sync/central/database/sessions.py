"""Sessions of PostgreSQL (GUC settings): what the program relies on, set in each, whatever the database has by default.

``ALTER DATABASE ... SET`` and ``ALTER ROLE ... SET`` reach every session that does not say otherwise. One of them,
``standard_conforming_strings = off``, has the driver write bytes in a way that such a server reads and ours does not.
"""

from typing import Any

from sqlalchemy.pool import ConnectionPoolEntry

from scanner_app.errors import CentralError

ENCODING = "UTF8"
SETTINGS = {
    "client_encoding": ENCODING,
    "standard_conforming_strings": "on",
    "backslash_quote": "safe_encoding",
    "array_nulls": "on",
    "bytea_output": "hex",
    "DateStyle": "ISO, MDY",
    "IntervalStyle": "postgres",
    "TimeZone": "UTC",
    "default_transaction_isolation": "read committed",
    "default_transaction_deferrable": "off",
    "default_transaction_read_only": "off",
    "statement_timeout": "0",
    "lock_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    "transaction_timeout": "0",
}
"""What texts and bytes mean, what a transaction sees, and that nothing ends one but us: we have bounds of our own."""
_DIFFERENT = """
    SELECT set_config(name, wanted, false) FROM pg_settings JOIN unnest(%s::text[], %s::text[]) AS w (known, wanted)
    ON lower(name) = lower(known) WHERE setting <> wanted AND NOT (source = 'client' AND name LIKE '%%timeout')
"""
"""What the URL says of times is meant."""
_NO_OTHER_WAY = (
    "The database of the central store was made with ENCODING '{}', which does not know what a letter is: make another "
    "with CREATE DATABASE scanner ENCODING 'UTF8' TEMPLATE template0, and name that one in [central] database."
)


def settle_session(connection: Any, _record: ConnectionPoolEntry) -> None:
    """Set a new connection right; it stays so whatever is rolled back later.

    Raises:
        CentralError: the database cannot hold every text.
    """
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != ENCODING:
        connection.close()
        raise CentralError(_NO_OTHER_WAY.format(encoding))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENT, (list(SETTINGS), list(SETTINGS.values())))
    connection.autocommit = False
