"""Where a study is kept: in a folder's files, in a database that a folder has, or in a database by its address."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

DATABASE = "study.db"
"""The database of a folder. Where there is one, it is what counts, and the case files are only where it came from."""

Where: TypeAlias = "str | Path"
"""A study as people name it: a folder, a database's file, or its address (``postgresql+psycopg://...``)."""


def database_of(where: Where) -> Where | None:
    """The address or the file of the study's database, None where the study is kept in files alone."""
    if is_address(where):
        return where
    path = Path(where)
    if (path / DATABASE).exists():
        return path / DATABASE
    return path if path.suffix == ".db" else None


def is_address(where: Where) -> bool:
    """True for a database's address."""
    return isinstance(where, str) and "://" in where


def told(where: Where) -> str:
    """The place as messages and files name it: of an address no more than what cannot be a password."""
    if not is_address(where):
        return str(where)
    scheme, _, rest = str(where).partition("://")
    if scheme.startswith("sqlite"):
        return rest.removeprefix("/")
    return f"{scheme}://{rest.rpartition('@')[2].partition('?')[0]}"
