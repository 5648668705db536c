"""Most: what no stock key of a site holds more of, so that a full one is looked for only where there may be one."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

BOUND = 4 * 10**18


def upgrade() -> None:
    op.add_column("counters", sa.Column("most", sa.BigInteger, nullable=False, server_default="0"))
    connection = op.get_bind()
    largest = "SELECT site, max(quantity), min(quantity) FROM stock GROUP BY site"
    for site, most, least in connection.execute(sa.text(largest)).all():
        bounded = min(BOUND, max(int(most), -int(least)))
        connection.execute(
            sa.text("UPDATE counters SET most = :most WHERE site = :site"), {"most": bounded, "site": site}
        )
