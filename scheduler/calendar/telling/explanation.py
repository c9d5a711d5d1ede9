"""What an explanation is: a title and a few plain sentences, each with its source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence and where it comes from: ``protocol.yaml:47``, ``event 5``, ``site: imaging``, the id of an entry.

    A sentence without a source says what the calendar itself holds.
    """

    sentence: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an entry stands where it stands.

    ``lines`` tell what set it, in the order of telling; ``looked_at`` what could have set it and did not. ``explain_next``
    are the ids of the entries that it counts from: their own reasons are told there.
    """

    entry: str
    title: str
    lines: tuple[Told, ...]
    looked_at: tuple[Told, ...] = ()
    explain_next: tuple[str, ...] = ()

    def __str__(self) -> str:
        also = ["Looked at, but it did not decide:", *map(_bullet, self.looked_at)] if self.looked_at else []
        following = [f"Explain next: {', '.join(self.explain_next)}"] if self.explain_next else []
        return "\n".join([self.title, *map(_bullet, self.lines), *also, *following])


def _bullet(told: Told) -> str:
    return f"  {told.sentence} [{told.source}]" if told.source else f"  {told.sentence}"
