"""A long list of work by patient: the few lines of each that matter first, how many more there are, and one page at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class OfSubject(Protocol):
    """A line of a list that says whose it is."""

    @property
    def subject(self) -> str: ...


L = TypeVar("L", bound=OfSubject)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OfPatient(Generic[L]):
    """The first lines of one patient, and how many more there are."""

    subject: str
    lines: tuple[L, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list. ``number`` counts from 1; ``all`` is how many there are on all pages."""

    items: tuple[T, ...]
    number: int
    pages: int
    all: int

    @property
    def before(self) -> int | None:
        """The number of the page before this one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """The number of the page after this one."""
        return self.number + 1 if self.number < self.pages else None


def by_patient(lines: Iterable[L], most: int) -> tuple[OfPatient[L], ...]:
    """The lines by patient, in the order in which patients come first, with at most so many of each."""
    groups: dict[str, list[L]] = {}
    for line in lines:
        groups.setdefault(line.subject, []).append(line)
    return tuple(
        OfPatient(subject, tuple(found[:most]), max(0, len(found) - most)) for subject, found in groups.items()
    )


def once_each(lines: Iterable[L], same: Callable[[L], Hashable]) -> tuple[L, ...]:
    """The first of all lines of a patient that ask the same: one decision for four cycles is one, not four."""
    found: dict[tuple[str, Hashable], L] = {}
    for line in lines:
        found.setdefault((line.subject, same(line)), line)
    return tuple(found.values())


def page_of(items: Sequence[T], number: int, size: int) -> Page[T]:
    """That page of the list; the last one where there are fewer, the first where none is that low."""
    pages = max(1, -(-len(items) // size))
    at = min(max(number, 1), pages)
    return Page(tuple(items[(at - 1) * size : at * size]), at, pages, len(items))
