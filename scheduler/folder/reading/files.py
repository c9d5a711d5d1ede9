"""Text files: what cannot be read is a finding, and what is written is there as a whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity, did_you_mean
from scheduler.source.reading import decode

if sys.platform != "win32":
    import fcntl

LARGEST = 2_000_000
"""Octets of the largest file that is read."""


def name_of(path: Path) -> str:
    """The path as findings tell it: as it was given, without ``..`` in the middle."""
    return os.path.normpath(path)


def read_text(path: Path, asked_at: Callable[[], Place] | None = None) -> str:
    """The text of a file, in UTF-8. ``asked_at`` is where another text names this file.

    Raises InvalidText when there is no such file, when it is no file, cannot be read, is too large or is not text.
    """
    return decode(_read_bytes(path, asked_at), name=name_of(path))


def _read_bytes(path: Path, asked_at: Callable[[], Place] | None) -> bytes:
    name = name_of(path)
    try:
        # What is not a regular file (a pipe, a device) might never end.
        if not stat.S_ISREG(path.stat().st_mode):
            raise _unreadable("not-a-file", f"{name} is not a file", "name a text file", name, asked_at)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise _unreadable("no-such-file", f"there is no file {name}", _nearest(path), name, asked_at) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise _unreadable("unreadable", f"{name} cannot be read: {why}", None, name, asked_at) from None
    return data


def _nearest(path: Path) -> str | None:
    try:
        beside = [each.name for each in path.parent.iterdir() if each.suffix == path.suffix]
    except (OSError, ValueError):
        return None
    return did_you_mean(path.name, beside)


def _unreadable(
    code: str, message: str, hint: str | None, name: str, asked_at: Callable[[], Place] | None
) -> InvalidText:
    place = asked_at() if asked_at else Place(name, 1, 1)
    return InvalidText([Finding(code, Severity.ERROR, message, hint, place)])


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees either the old content or all of the new, even after a loss of power."""
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(unfinished, mode)
        os.replace(unfinished, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(unfinished)
        raise


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """While this lasts, nobody else who asks for the same folder goes on. Where the system cannot say so, nobody waits."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
