"""A form that was sent after the session had ended: what was typed is there again, for the same account."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from scheduler.store.values import UnsavedForm
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.problems import not_found

router = APIRouter(route_class=GuardedRoute)


@router.get("/unsaved/{key}")
def show(visit: Visiting, key: str) -> Response:
    """What is kept, with the buttons to go on with it or to let go of it."""
    kept = _kept(visit, key)
    fields = [(name, line) for name, text in kept.fields.items() for line in _lines(name, text)]
    return visit.page("unsaved_form.html", kept=kept, fields=fields, number=kept.path.split("/")[2])


@router.post("/unsaved/{key}")
def let_go(visit: Visiting, key: str) -> Response:
    """It is not wanted any more."""
    visit.server.store.drop_unsaved_form(visit.who.account.id, _kept(visit, key).key)
    return RedirectResponse("/", 303)


def _kept(visit: Visit, key: str) -> UnsavedForm:
    """The same for what is not there and for another's."""
    mine = visit.server.store.unsaved_forms(visit.who.account.id, visit.server.clock.now())
    found = next((each for each in mine if each.key == key), None)
    if found is None:
        raise not_found()
    return found


def _lines(name: str, text: str) -> list[str]:
    """What is ticked several times under one name is sent so again; a long text stays as it was typed."""
    return text.splitlines() if name in _TICKED or name.endswith(".related") else [text]


_TICKED = frozenset({"related", "activity", "visit"})
