"""What a feed link adds to its events: a reminder, where to come, what to bring, where the pages are. And who wants no keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the columns. Links in use add nothing, so their feeds stay as they are, to the byte."""
    op.add_column("links", sa.Column("remind", sa.String(20)))
    for name in ("place", "bring", "pages"):
        op.add_column("links", sa.Column(name, sa.Text))
    op.add_column("accounts", sa.Column("keys", sa.Boolean, nullable=False, server_default=sa.true()))
