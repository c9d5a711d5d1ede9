"""One's own account: who one is here, and another password."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.store.values import Act
from scheduler.web.guard import GuardedRoute, Visit, Visiting
from scheduler.web.passwords import what_is_wrong_with

router = APIRouter(route_class=GuardedRoute)


@router.get("/account")
def own(visit: Visiting) -> Response:
    """Name, role, sites, and the form for another password."""
    return _page(visit)


@router.post("/account/password")
def change_password(visit: Visiting) -> Response:
    """Another password, when the old one is right; all other sessions of the account end."""
    server, account, form = visit.server, visit.who.account, visit.form
    new = form.get("new", "")
    wrong = what_is_wrong_with(new, account.login)
    if wrong is None and new != form.get("again", ""):
        wrong = "The new password was not typed the same twice."
    if wrong is None and not server.signing_in.is_password_of(account, form.get("password", "")):
        wrong = "The present password is wrong, or the account is locked for some minutes."
    if wrong is not None:
        return _page(visit, wrong=wrong, status=422)
    current = server.store.account(account.id) or account
    act = Act(visit.who.who, server.clock.now(), "own password changed")
    server.store.change_account(replace(current, password=server.passwords.hash(new)), act)
    server.store.close_sessions(account.id, but=visit.who.session.token)
    return _page(visit, done="The password is changed. Other sessions of this account have ended.")


def _page(visit: Visit, *, wrong: str | None = None, done: str | None = None, status: int = 200) -> Response:
    return visit.page("own_account.html", status=status, account=visit.who.account, wrong=wrong, done=done)
