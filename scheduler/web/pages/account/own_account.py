"""One's own account: who one is here, and another password."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.web.guards.account_rules import change_own_password
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting

router = APIRouter(route_class=GuardedRoute)


@router.get("/account")
def own(visit: Visiting) -> Response:
    """Name, role, sites, and the form for another password."""
    return _page(visit)


@router.post("/account/password")
def change_password(visit: Visiting) -> Response:
    """Another password, when the old one is right; all other sessions of the account end."""
    form, new = visit.form, visit.form.get("new", "")
    if new != form.get("again", ""):
        return _page(visit, wrong="The new password was not typed the same twice.", status=422)
    wrong = change_own_password(visit, form.get("password", ""), new)
    if wrong is not None:
        return _page(visit, wrong=wrong, status=422)
    return _page(visit, done="The password is changed. Other sessions of this account have ended.")


def _page(visit: Visit, *, wrong: str | None = None, done: str | None = None, status: int = 200) -> Response:
    return visit.page("own_account.html", status=status, account=visit.who.account, wrong=wrong, done=done)
