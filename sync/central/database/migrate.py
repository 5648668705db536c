"""Migrations: how the tables of a store of any age become those of this program, in one transaction.

A revision is a file in or below ``migrations/versions`` with a number of four digits; ``tables.REVISION`` names the
newest. A store is never taken back to an older revision: a backup is put back instead.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Connection, MetaData, Table, Text, inspect, select

from sync.central.database.tables import REVISION, meta

if TYPE_CHECKING:
    from alembic.config import Config

BEFORE_MIGRATIONS = "0001"
"""What a store without a record of its revision holds."""
_FOLDER = Path(__file__).parent / "migrations"
_revisions = Table("alembic_version", MetaData(), Column("version_num", Text))


def revision_of(connection: Connection) -> str:
    """Return the revision of the store, empty where there is none."""
    tables = inspect(connection)
    if not tables.has_table(meta.name):
        return ""
    if not tables.has_table(_revisions.name):
        return BEFORE_MIGRATIONS
    return str(connection.execute(select(_revisions.c.version_num)).scalar_one())


def migrate(connection: Connection, to: str = REVISION) -> None:
    """Bring the store from whatever older revision it has to one; Alembic is imported only here, as it is slow."""
    from alembic import command

    revision = revision_of(connection)
    where = settings(connection=connection)
    if revision == BEFORE_MIGRATIONS and not inspect(connection).has_table(_revisions.name):
        command.stamp(where, BEFORE_MIGRATIONS)
    command.upgrade(where, to)


def settings(**attributes: Any) -> "Config":
    """Where Alembic finds the migrations, in the folder and in those below it."""
    from alembic.config import Config

    found = Config(attributes=attributes)
    found.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    found.set_main_option("recursive_version_locations", "true")
    return found
