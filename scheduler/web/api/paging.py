"""Lists some at a time: with ``limit`` the header ``Link`` has the next page's address (RFC 8288); without it they are whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeAlias, TypeVar
from urllib.parse import urlencode

from fastapi import Query
from starlette.responses import Response

from scheduler.store.values import Subject
from scheduler.web.guards.requests import Visit

T = TypeVar("T")

AfterSubject: TypeAlias = Annotated[
    str, Query(description="Only patients whose number comes after this one.", max_length=64, examples=["EXP-001"])
]
LimitSubjects: TypeAlias = Annotated[
    int | None, Query(description="Of how many patients at most; of all without it.", ge=1, le=1000)
]
AfterOne: TypeAlias = Annotated[
    str, Query(description="Only what comes after the one of this id, in the order of the list.", max_length=64)
]
LimitAll: TypeAlias = Annotated[int | None, Query(description="How many at most; all without it.", ge=1, le=1000)]


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """A page of a list. ``next`` is what the next page comes after; None where there is no other."""

    items: Sequence[T]
    next: str | None
    limit: int | None

    def with_link(self, visit: Visit, told: Response) -> Response:
        """The answer, with the address of the next page where there is one: of the same question, from there on."""
        if self.next is not None:
            asked = {
                name: value for name, value in visit.request.query_params.items() if name not in ("after", "limit")
            }
            query = urlencode({**asked, "after": self.next, "limit": self.limit})
            told.headers["link"] = f'<{visit.request.url.path}?{query}>; rel="next"'
        return told


def patients_paged(subjects: Iterable[Subject], after: str, limit: int | None) -> Paged[Subject]:
    """The patients after that number, in the order of their numbers; in the study's own order where no page is asked for."""
    if not after and limit is None:
        return Paged(tuple(subjects), None, None)
    wanted = sorted((each for each in subjects if each.subject > after), key=lambda each: each.subject)
    return _paged(wanted, lambda each: each.subject, limit)


def paged(items: Iterable[T], name: Callable[[T], str], after: str, limit: int | None) -> Paged[T]:
    """What comes after the one of that name; nothing where there is none of that name."""
    found = list(items)
    if after:
        place = next((number for number, each in enumerate(found) if name(each) == after), len(found))
        found = found[place + 1 :]
    return _paged(found, name, limit)


def _paged(wanted: Sequence[T], name: Callable[[T], str], limit: int | None) -> Paged[T]:
    page = wanted[:limit]
    return Paged(page, name(page[-1]) if page and len(page) < len(wanted) else None, limit)
