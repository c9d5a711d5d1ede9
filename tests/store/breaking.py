"""What somebody can do to a database who has more rights than the program."""

from __future__ import annotations

import sqlalchemy as sa


def run(url: str, *statements: str) -> None:
    """What somebody does who can write to the database."""
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    """What somebody sees there."""
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.exec_driver_sql(statement)]
    engine.dispose()
    return found


def take_guards_down(url: str) -> None:
    """As the owner of the tables can."""
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            guards = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
            for guard in guards:
                connection.exec_driver_sql(f"DROP TRIGGER {guard}")
        else:
            for table in ("records", "texts", "keys"):
                connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    engine.dispose()
