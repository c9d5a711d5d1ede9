"""Long files, one after the other: each takes the server's time from everybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from scheduler.said import said
from scheduler.web.problems import Problem

_reading = Lock()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """While it holds, no other file is looked at. Raises Problem where another one takes longer than some seconds."""
    if not _reading.acquire(timeout=5):
        text = said("Another file is being looked at. Try again in a moment.")
        raise Problem(503, "not-ready", said("The server is busy"), text, {"Retry-After": "5"})
    try:
        yield
    finally:
        _reading.release()
