"""What a code was said to be is looked up when it is met again."""

from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.create_index("identifications_code", "identifications", ["site", "code", "word"])
