"""One measured figure beside what it may be at most, or must be at least."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured thing. ``most`` and ``least`` are what the project promises; without either it is for information."""

    what: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None

    def __str__(self) -> str:
        promise = "" if self.most is None else f"   at most {self.most:g}"
        promise += "" if self.least is None else f"   at least {self.least:g}"
        missed = (self.most is not None and self.value > self.most) or (
            self.least is not None and self.value < self.least
        )
        kept = "" if not promise else "   MISSED" if missed else "   kept"
        return f"{self.what:58} {self.value:9.3f} {self.unit:6}{promise}{kept}"


def median_ms(work: Callable[[], object], rounds: int) -> float:
    """The median time of one round in milliseconds, after a warm-up."""
    work()
    gc.collect()
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1e3
