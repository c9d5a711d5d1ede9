"""What a database of a study is made of: tables and indexes, and the triggers that keep its log from being changed.

What it must be made of is found by making one: on SQLite a new database in a folder that is gone afterwards. On PostgreSQL,
where nobody may make one by the way, the tables are those of the program and the triggers those of the first migration.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect

from scheduler.store.connecting import connect
from scheduler.store.migrations.versions.s0001_first_tables import FUNCTIONS, TRIGGERS
from scheduler.store.tables import metadata

_MASTER = "SELECT type || ' ' || name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
_TRIGGERS = """
SELECT t.tgname, pg_get_triggerdef(t.oid), t.tgenabled FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
"""
_FUNCTIONS = "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
_RULES = "SELECT rulename, definition FROM pg_rules WHERE schemaname = current_schema()"


def guards_of(connection: Connection) -> Mapping[str, str]:
    """What it is made of, by kind and name."""
    if connection.dialect.name == "sqlite":
        return {str(name): _plain(str(sql)) for name, sql in connection.exec_driver_sql(_MASTER)}
    found: dict[str, str] = {}
    for name, trigger, enabled in connection.exec_driver_sql(_TRIGGERS):
        # O is on, also where a replica is fed; everything else is off for somebody.
        found[f"trigger {name}"] = _plain(trigger) if enabled in ("O", "A") else "disabled"
    found |= {f"function {name}": _plain(source) for name, source in connection.exec_driver_sql(_FUNCTIONS)}
    found |= {f"rule {name}": _plain(rule) for name, rule in connection.exec_driver_sql(_RULES)}
    inspector = sa.inspect(connection)
    for name in inspector.get_table_names():
        if name != "alembic_version":
            columns = ((each["name"], each["type"], each["nullable"]) for each in inspector.get_columns(name))
            found[f"table {name}"] = ", ".join(f"{column} {kind} {null}" for column, kind, null in columns)
    return found


def guards_wanted(dialect: Dialect) -> Mapping[str, str]:
    """What it must be made of."""
    if dialect.name == "sqlite":
        return _of_a_new_one()
    wanted = {f"trigger {name}": trigger for name, trigger in TRIGGERS.items()}
    wanted |= {f"function {name}": _plain(source) for name, source in FUNCTIONS.items()}
    for name, table in metadata.tables.items():
        columns = (f"{each.name} {each.type.compile(dialect)} {each.nullable}" for each in table.columns)
        wanted[f"table {name}"] = ", ".join(columns)
    return wanted


@cache
def _of_a_new_one() -> Mapping[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        database = connect(Path(folder) / "new.db", make=True)
        try:
            with database.looking() as connection:
                return guards_of(connection)
        finally:
            database.close()


def _plain(text: str) -> str:
    """Without what says nothing: a schema's name, and how lines are broken."""
    return re.sub(r"\s+", " ", text.replace("public.", "")).strip()
