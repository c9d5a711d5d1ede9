"""What was kept of a form, for the same account: what was typed when the session had ended, and the page that answered."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from scheduler.said import said
from scheduler.store.unsaved import UnsavedForm
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.problems import Problem, not_found
from scheduler.web.unsaved import page_again

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


@router.get("/sent/{key}")
def answer(visit: Visiting, key: str) -> Response:
    """The page that answered a form: a browser can ask for it again, as when going back. Nothing is sent anew."""
    page = page_again(visit.server.store, visit.who.account, key, visit.server.clock.now())
    if page is None:
        raise Problem(410, "not-kept", said("This page is not kept any more"), NOT_KEPT)
    return HTMLResponse(page)


NOT_KEPT = said(
    "It answered a form, and was kept for an hour, or to be shown once. Nothing was recorded by coming here: "
    "begin at the patient's page or the list."
)


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
