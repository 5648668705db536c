"""Proof: what would be stored is written once, in both ways of bulk writing, and read back, before a store is used.

A setting that nobody thought of, or a layer between the program and its server, may change bytes on their way. Then a
device would hear that an event is posted whose payload nobody can read.
"""

from sqlalchemy import BigInteger, Boolean, Column, Connection, LargeBinary, MetaData, Table, Text, select

from scanner_app.errors import CentralError
from sync.central.database.bulk import insert_rows, upsert_rows

_proof = Table(
    "scanner_proof",
    MetaData(),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("payload", LargeBinary, nullable=False),
    Column("text", Text, nullable=False),
    Column("flag", Boolean, nullable=False),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DROP",
)
_BYTES = b'{"a":"\\n\\\\ \'\'\\u00e9"}\x00\t\n\r' + bytes(range(128, 256))
_TEXT = "\\n \\\\ ' '' \" {1,NULL} $1 %s é ß \U0001f4e6 \t\n"
_COPIED = (1, _BYTES, _TEXT, True)
_MERGED = (-(2**62), _BYTES[::-1], _TEXT[::-1], False)
_CANNOT = "SELECT pg_is_in_recovery() OR NOT has_database_privilege(current_database(), 'TEMP')"


def prove(connection: Connection) -> None:
    """Write to a table of this connection alone, read it, and leave nothing behind; not where it may only read.

    Raises:
        CentralError: the server does not give back what it was given.
    """
    if connection.dialect.name != "postgresql" or connection.exec_driver_sql(_CANNOT).scalar():
        return
    with connection.begin_nested() as nested:
        _proof.create(connection)
        insert_rows(connection, _proof, [_COPIED])
        upsert_rows(connection, _proof, [_MERGED])
        rows = connection.execute(select(_proof).order_by(_proof.c.number)).all()
        nested.rollback()
    if [tuple(row) for row in rows] != [_MERGED, _COPIED]:
        raise CentralError(
            "PostgreSQL does not give back what it is given to store: look for settings of the database or of the role "
            "(ALTER DATABASE ... SET), and for a pooler in between that changes what it carries."
        )
