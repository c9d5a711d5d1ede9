"""Who somebody is at the provider of single sign-on, who was sent there, and limits that all processes share."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column and make the tables. Nobody is known at a provider yet."""
    op.add_column("accounts", sa.Column("external", sa.Text))
    op.create_table(
        "attempts",
        sa.Column("state", sa.String(64), primary_key=True),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("account", sa.Text),
        sa.Column("session", sa.Text),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("at", sa.String(27), nullable=False, index=True),
        sa.Column("proof", sa.String(64), nullable=False),
    )
    op.create_table(
        "rates",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("thousandths", sa.Integer, nullable=False),
        sa.Column("at", sa.String(27), nullable=False, index=True),
    )
