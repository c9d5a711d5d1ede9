"""One's own account: who one is here, in which language pages speak, and another password."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from scheduler.said import Said, said
from scheduler.web.guards.account_rules import change_own_password
from scheduler.web.guards.languages import SPOKEN
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.words.catalogues import locale_of

router = APIRouter(route_class=GuardedRoute)


@router.get("/account")
def own(visit: Visiting) -> Response:
    """Name, role, sites, and the forms for another language and another password."""
    return _page(visit)


@router.post("/account/language")
def choose_language(visit: Visiting) -> Response:
    """Pages speak another language from now on, or again the one that the browser asks for."""
    chosen = visit.form.get("language", "")
    if chosen and chosen not in list(SPOKEN):
        return _page(visit, wrong=said("Choose a language."), status=422)
    visit.server.store.set_language(visit.who.account.id, chosen or None)
    return RedirectResponse("/account", 303)


@router.post("/account/password")
def change_password(visit: Visiting) -> Response:
    """Another password, when the old one is right; all other sessions of the account end."""
    form, new = visit.form, visit.form.get("new", "")
    if new != form.get("again", ""):
        return _page(visit, wrong=said("The new password was not typed the same twice."), status=422)
    wrong = change_own_password(visit, form.get("password", ""), new)
    if wrong is not None:
        return _page(visit, wrong=wrong, status=422)
    return _page(visit, done=said("The password is changed. Other sessions of this account have ended."))


def _page(visit: Visit, *, wrong: Said | None = None, done: Said | None = None, status: int = 200) -> Response:
    return visit.page(
        "own_account.html",
        status=status,
        account=visit.who.account,
        languages=tuple((language, str(locale_of(language).get_display_name())) for language in SPOKEN),
        wrong=wrong,
        done=done,
    )
