"""What each feed last told of each patient, so that a newer version revises only what it tells otherwise."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table. It is empty at first: what an older version told is not known."""
    op.create_table(
        "told_events",
        sa.Column("audience", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("detail", sa.Text, primary_key=True),
        sa.Column("language", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("events", sa.LargeBinary, nullable=False),
    )
