"""A protocol is parsed once in a run, however many tests read it: its text says all about it, and what it gives is frozen."""

from __future__ import annotations

from functools import lru_cache

from scheduler.protocol import parse

# Before anything else imports it; a protocol that is refused is read again each time.
_parsed = lru_cache(maxsize=256)(parse.parse_protocol)
parse.parse_protocol = _parsed


def forget_all() -> None:
    """Parse anew from now on, as when the program has been changed in between."""
    _parsed.cache_clear()
