"""In which language pages speak to a person, where the person has said so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column. Nobody has said anything yet."""
    op.add_column("accounts", sa.Column("language", sa.String(8)))
