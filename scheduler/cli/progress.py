"""How far a longer work has come, on standard error, and only where a person is looking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def step_by_step(what: str) -> Iterator[Callable[[str], None]]:
    """A line that turns while the work goes on; call it with the name of each part that is done."""
    from rich.console import Console

    with Console(stderr=True).status(what) as status:
        yield lambda part: status.update(f"{what} {part}")
