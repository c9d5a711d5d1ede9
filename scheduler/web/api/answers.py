"""Answers in JSON, and what says that nothing has changed since: entity tags (RFC 9110, 8.8.3 and 13.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Any

from fastapi import Request
from starlette.responses import Response

from scheduler.errors import Conflict
from scheduler.views.shapes.shape import Shape
from scheduler.web.api.problems import Told, as_bytes, moved_on
from scheduler.web.feeds.conditional import matched_tag
from scheduler.web.guards.requests import Visit
from scheduler.web.patients import Shown
from scheduler.web.problems import not_found

_ENGINE = version("scheduler")


@dataclass(frozen=True, slots=True)
class Known:
    """One patient, and the tag of what is known: it changes with every event, and with every text of the study."""

    shown: Shown
    study: int

    @property
    def tag(self) -> str:
        """The tag of the log as it is."""
        return tag_of(self.shown.log.length, self.study)

    @property
    def headers(self) -> dict[str, str]:
        """The tag as a header."""
        return in_header(self.tag)


def known(visit: Visit, number: str) -> Known:
    """The patient of that number. Raises Problem when this person may not see one."""
    # The position is read before the log: what it says of the study's texts is never newer than what is computed.
    position = visit.server.store.position(number) if number.isprintable() else None
    if position is None:
        raise not_found()
    return Known(visit.shown(number), position.study)


def tag_of(length: int, study: int) -> str:
    """The tag of a patient with so many events, whose dates rest on what that record and those before it say of the study."""
    return _tag(str(length), str(study))


def in_header(tag: str) -> dict[str, str]:
    """A tag as a header."""
    return {"ETag": f'"{tag}"'}


def tag_of_all(visit: Visit, *parts: object) -> str:
    """The tag of a list over all patients that this person may see: it changes with every record."""
    account = visit.who.account
    sites = "all" if account.sites is None else ",".join(sorted(account.sites))
    return _tag(str(visit.server.store.head()), account.role, sites, *map(str, parts))


def _tag(*parts: str) -> str:
    return hashlib.sha256("\n".join((_ENGINE, *parts)).encode("utf-8")).hexdigest()[:24]


def today_of(visit: Visit) -> date:
    """Today's civil date where this person works: at the first of the own sites."""
    mine = visit.sites()
    zone = next((site.zone for site in visit.server.patients.study().sites if site.name in mine), "UTC")
    return visit.server.clock.today(zone)


def has_already(request: Request, tag: str) -> bool:
    """True when the program has what the tag stands for."""
    return matched_tag(request.headers.get("if-none-match", ""), (tag,)) is not None


def unchanged(tag: str) -> Response:
    """What to answer then."""
    return Response(status_code=304, headers=in_header(tag))


def answer(
    told: Shape | dict[str, Any], *, tag: str | None = None, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """What is told, as JSON."""
    named = dict(headers or {}) | (in_header(tag) if tag is not None else {})
    return Response(as_bytes(told), status, named, "application/json")


def seen_length(request: Request, one: Known, seen: int | None) -> int:
    """The length of the log that the writer saw, by ``seen`` in the body or by the tag in If-Match.

    Raises Problem: 428 where neither says, 409 or 412 where somebody else recorded something since.
    """
    length = one.shown.log.length
    said = request.headers.get("if-match")
    if said is not None and said.strip() != "*":
        if _is_strong_match(said, one.tag):
            return length
        raise moved_on(412, length)
    if seen is None:
        text = "Send the ETag of the subject as If-Match, or the number of events that you saw as 'seen'."
        raise Told(428, "say-what-you-saw", "Which log did you see?", text)
    if seen != length:
        raise moved_on(409, length, Conflict(one.shown.subject.subject, seen, length).findings)
    return length


def _is_strong_match(said: str, tag: str) -> bool:
    """If-Match compares strongly: ``W/"a"`` is never ``"a"`` (RFC 9110, 13.1.1)."""
    return f'"{tag}"' in (each.strip() for each in said.split(","))
