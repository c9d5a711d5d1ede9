"""What a database's error means for the person who waits: one sentence and what to do, never a traceback and never a password."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from scheduler.errors import StoreUnavailable

_MEANINGS: tuple[tuple[tuple[str, ...], str, str, str], ...] = (
    (
        ("database or disk is full", "no space left", "could not extend file", "diskfull", "disk i/o error"),
        "store-full",
        "the database cannot be written: the disk is full or failing",
        "make room on the disk and try again; nothing was recorded",
    ),
    (
        ("readonly", "read-only", "permission denied", "insufficientprivilege"),
        "store-read-only",
        "the database may not be written here",
        "ask for the right to write to it; nothing was recorded",
    ),
    (
        ("database is locked", "lock timeout", "locknotavailable", "queuepool limit"),
        "store-busy",
        "other writers held the database for too long",
        "try again",
    ),
    (
        ("not a database", "malformed", "corrupt"),
        "store-damaged",
        "the file is no database, or a damaged one",
        "leave it as it is, and restore the latest backup elsewhere",
    ),
    (
        ("only grow", "follows the last one"),
        "store-refused",
        "the database refuses to change what is recorded",
        "record a correction instead",
    ),
)
_GONE = (
    "store-gone",
    "the database cannot be reached",
    "see that it runs and that its address is right, then try again",
)


def unavailable(error: SQLAlchemyError) -> StoreUnavailable:
    """What to tell instead of a database's own error."""
    said = f"{type(getattr(error, 'orig', None)).__name__} {error}".lower()
    for signs, code, message, hint in _MEANINGS:
        if any(sign in said for sign in signs):
            return StoreUnavailable(code, message, hint)
    return StoreUnavailable(*_GONE)
