"""A page that is shown when all patients are in it: until then it says how many are, and asks again by itself."""

from __future__ import annotations

from starlette.responses import Response

from scheduler.said import Said
from scheduler.web.guards.requests import Visit


def not_whole_yet(visit: Visit, title: Said, told: int, missing: int) -> Response:
    """The page of that title while so many patients are still to be computed."""
    return visit.page("not_whole_yet.html", title=title, told=told, missing=missing, refresh=True)
