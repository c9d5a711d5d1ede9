"""How much memory remembered calendars take: now and then one is weighed, and the others are as heavy as they are long."""

from __future__ import annotations

import gc
import sys
from collections import deque
from collections.abc import Iterable
from statistics import fmean
from types import FunctionType, ModuleType

_EVERY = 64
"""Every which one is weighed: it takes twice as long as computing one."""
_LAST = 8
_NOT_WEIGHED = (type, ModuleType, FunctionType)


def weight_of(roots: Iterable[object], shared: Iterable[object]) -> int:
    """The octets that these objects and all that they hold take, without what they share with others."""
    seen: set[int] = set()
    _walk(shared, seen)
    return _walk(roots, seen)


class Scale:
    """What a line of a calendar weighs, as the last that were weighed say. It is asked by one thread at a time."""

    def __init__(self) -> None:
        self._rates: deque[float] = deque(maxlen=_LAST)
        self._count = 0

    def wants_one(self) -> bool:
        """True for the first, and for each so many after it."""
        self._count += 1
        return self._count % _EVERY == 1

    def weighed(self, octets: int, lines: int) -> None:
        """One of so many lines takes so many octets."""
        self._rates.append(octets / max(1, lines))

    def of(self, lines: int) -> float:
        """The octets of so many lines; nothing before the first was weighed."""
        return lines * fmean(self._rates) if self._rates else 0.0


def _walk(roots: Iterable[object], seen: set[int]) -> int:
    octets, waiting = 0, list(roots)
    while waiting:
        each = waiting.pop()
        if id(each) in seen or isinstance(each, _NOT_WEIGHED):
            continue
        seen.add(id(each))
        octets += sys.getsizeof(each)
        waiting.extend(gc.get_referents(each))
    return octets
