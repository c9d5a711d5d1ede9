"""Second factors, given passwords and resets beside accounts; wrong passwords by their source; proofs of sessions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Change accounts and make the tables. Everybody logs in anew, and no lock outlives it."""
    op.drop_column("accounts", "failed")
    op.drop_column("accounts", "locked_until")
    op.add_column("accounts", sa.Column("given", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("accounts", sa.Column("reset_by", sa.Text))
    op.add_column("accounts", sa.Column("totp", sa.Text))
    op.add_column("accounts", sa.Column("recovery", sa.Text, nullable=False, server_default="[]"))
    op.create_table(
        "codes_used",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("step", sa.Integer, nullable=False),
    )
    op.create_table(
        "guesses",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("at", sa.String(27), nullable=False, index=True),
        sa.Column("until", sa.String(27)),
        sa.Column("known", sa.Boolean, nullable=False),
    )
    op.drop_table("sessions")
    op.create_table(
        "sessions",
        sa.Column("token", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, nullable=False, index=True),
        sa.Column("created", sa.String(27), nullable=False),
        sa.Column("seen", sa.String(27), nullable=False),
        sa.Column("expires", sa.String(27), nullable=False),
        sa.Column("proof", sa.String(64), nullable=False),
    )
