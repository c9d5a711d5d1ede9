"""Forms that somebody filled in and could not send, because the session had ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table. It is empty at first, and what is in it is kept for some days only."""
    op.create_table(
        "unsaved_forms",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("at", sa.String(27), nullable=False, index=True),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
    )
