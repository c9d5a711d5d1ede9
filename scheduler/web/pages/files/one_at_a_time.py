"""Long files, one after the other: each takes the server's time from everybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from scheduler.said import said
from scheduler.web.problems import Problem

WAITING = 3
"""How many may wait for their turn. Who waits holds a thread that pages need too, so the next is told to come again."""
_SECONDS = 5

_room = BoundedSemaphore(1 + WAITING)
_reading = Lock()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """While it holds, no other file is looked at. Raises Problem where another one takes longer than seconds, or many wait."""
    if not _room.acquire(blocking=False):
        raise _busy()
    try:
        if not _reading.acquire(timeout=_SECONDS):
            raise _busy()
        try:
            yield
        finally:
            _reading.release()
    finally:
        _room.release()


def _busy() -> Problem:
    text = said("Another file is being looked at. Try again in a moment.")
    return Problem(503, "not-ready", said("The server is busy"), text, {"Retry-After": "5"})
