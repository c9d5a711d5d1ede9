"""How patients are divided: parts of one site each, by their numbers, which stay as they are when patients come."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from scheduler.store.values import digest_of


def part_of(study: str, site: str, first: str) -> str:
    """What a part is called in names of files: nobody's number is in it."""
    return f"part-{digest_of(chr(10).join((study, site, first)))[:16]}"


def divided(subjects: Sequence[str], size: int, begun: Iterable[str] = ()) -> list[tuple[str, Sequence[str]]]:
    """The sorted patients of a site in parts of about ``size``: the first number of each part, and who is in it.

    ``begun`` are the first numbers of the parts that were written before: whoever came since goes into the one that the number
    belongs to, so that the others stay as they are. A part that has grown to twice the size is divided anew.
    """
    firsts = sorted(begun)
    parts: dict[str, list[str]] = {}
    for subject in subjects:
        at = bisect_right(firsts, subject) - 1
        parts.setdefault(firsts[max(at, 0)] if firsts else subjects[0], []).append(subject)
    found: list[tuple[str, Sequence[str]]] = []
    for first, members in parts.items():
        if len(members) <= 2 * size and (firsts or len(members) <= size):
            found.append((first, members))
            continue
        for at in range(0, len(members), size):
            found.append((first if at == 0 else members[at], members[at : at + size]))
    return found
