"""One measured figure beside what it may be at most, or must be at least."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured thing. ``most`` and ``least`` are what the project promises; without either it is for information.

    ``means`` is what the figure says to somebody who has not measured it.
    """

    what: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None
    means: str = ""

    @property
    def promise(self) -> str:
        """What was promised: "at most 3"; empty where nothing was."""
        most = [f"at most {self.most:g}"] if self.most is not None else []
        return ", ".join([*most, *([f"at least {self.least:g}"] if self.least is not None else [])])

    @property
    def is_missed(self) -> bool:
        """True where it is not as promised."""
        too_much = self.most is not None and self.value > self.most
        return too_much or (self.least is not None and self.value < self.least)

    def __str__(self) -> str:
        kept = "" if not self.promise else "   MISSED" if self.is_missed else "   kept"
        return f"{self.what:58} {self.value:9.3f} {self.unit:6}   {self.promise}{kept}"


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
