"""The first tables, and what refuses to change the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NEVER_CHANGED = {"records": "number", "texts": "digest", "keys": "name"}

FUNCTIONS = {
    "refuse_change": " BEGIN RAISE EXCEPTION '% only grow: % is refused', TG_TABLE_NAME, lower(TG_OP); END ",
    "refuse_out_of_order": (
        " BEGIN IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM records) "
        "OR NEW.previous <> coalesce((SELECT hash FROM records ORDER BY number DESC LIMIT 1), NEW.previous) "
        "THEN RAISE EXCEPTION 'a record follows the last one'; END IF; RETURN NEW; END "
    ),
}
"""What PostgreSQL's triggers do."""

TRIGGERS = {
    "records_in_order": (
        "CREATE TRIGGER records_in_order BEFORE INSERT ON records FOR EACH ROW EXECUTE FUNCTION refuse_out_of_order()"
    ),
    **{
        f"{table}_no_change": (
            f"CREATE TRIGGER {table}_no_change BEFORE DELETE OR UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        for table in _NEVER_CHANGED
    },
    **{
        f"{table}_no_truncate": (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        for table in _NEVER_CHANGED
    },
}
"""PostgreSQL's triggers, as it tells them itself."""


def upgrade() -> None:
    """Make the tables and their guards."""
    _log()
    _people()
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _log() -> None:
    op.create_table(
        "records",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("on_day", sa.String(10)),
        sa.Column("who_id", sa.Text, nullable=False),
        sa.Column("who_name", sa.Text, nullable=False),
        sa.Column("who_role", sa.Text, nullable=False),
        sa.Column("subject", sa.Text),
        sa.Column("event", sa.Integer),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("signed", sa.Text),
        sa.Column("supersedes", sa.Integer),
        sa.Column("protocol", sa.String(64)),
        sa.Column("engine", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.UniqueConstraint("subject", "event", name="one_event_of_a_number"),
    )
    op.create_index("records_of_a_subject", "records", ["subject", "number", "event"])
    op.create_index("records_of_a_kind", "records", ["kind", "number"])
    op.create_table(
        "texts", sa.Column("digest", sa.String(64), primary_key=True), sa.Column("text", sa.Text, nullable=False)
    )
    op.create_table(
        "keys", sa.Column("name", sa.String(20), primary_key=True), sa.Column("key", sa.LargeBinary, nullable=False)
    )


def _people() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("login_folded", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("sites", sa.Text),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.String(27)),
    )
    op.create_table(
        "sessions",
        sa.Column("token", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, nullable=False, index=True),
        sa.Column("created", sa.String(27), nullable=False),
        sa.Column("seen", sa.String(27), nullable=False),
        sa.Column("expires", sa.String(27), nullable=False),
    )
    op.create_table(
        "links",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("token", sa.Text, nullable=False, unique=True),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, index=True),
        sa.Column("site", sa.Text),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("created", sa.String(27), nullable=False),
        sa.Column("expires", sa.String(27)),
        sa.Column("revoked", sa.String(27)),
        sa.Column("fetched", sa.String(27)),
    )


def _guard_sqlite() -> None:
    for table, key in _NEVER_CHANGED.items():
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grow: {deed.lower()} is refused'); END"
            )
        # INSERT OR REPLACE deletes without asking the trigger above.
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} only grow: replace is refused'); END"
        )
    op.execute(
        "CREATE TRIGGER records_in_order BEFORE INSERT ON records "
        "WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM records) "
        "OR NEW.previous <> coalesce((SELECT hash FROM records ORDER BY number DESC LIMIT 1), NEW.previous) "
        "OR EXISTS (SELECT 1 FROM records WHERE subject = NEW.subject AND event = NEW.event) "
        "BEGIN SELECT RAISE(ABORT, 'a record follows the last one'); END"
    )


def _guard_postgresql() -> None:
    for name, source in FUNCTIONS.items():
        op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${source}$$")
    for trigger in TRIGGERS.values():
        op.execute(trigger)
