"""What was answered to requests that recorded something, so that one that is sent again records nothing more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table. It is empty at first, and what is in it is kept for some days only."""
    op.create_table(
        "answers",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", sa.String(27), nullable=False, index=True),
        sa.Column("answer", sa.Text, nullable=False),
    )
