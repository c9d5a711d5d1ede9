"""How people want to be told what there is, what each was told, and the letters that are to be sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables. Nobody has said anything yet, so nobody is written to."""
    op.create_table(
        "tellings",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("how", sa.String(20), nullable=False),
        sa.Column("kinds", sa.Text, nullable=False),
    )
    op.create_table(
        "told_notices",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("at", sa.String(27), nullable=False),
    )
    op.create_table(
        "letters",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("slot", sa.String(100), nullable=False),
        sa.Column("made", sa.String(27), nullable=False),
        sa.Column("due", sa.String(27), nullable=False, index=True),
        sa.Column("claimed", sa.String(27)),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("sent", sa.String(27)),
        sa.Column("given_up", sa.String(27)),
        sa.Column("error", sa.Text),
        sa.UniqueConstraint("account", "slot", name="one_letter_of_a_slot"),
    )
