"""One's own account: who one is here, the language of pages, the password, codes that only the owner has, and sessions."""

from __future__ import annotations

import segno
from fastapi import APIRouter
from markupsafe import Markup as Safe
from starlette.responses import RedirectResponse, Response

from scheduler.said import Said, said
from scheduler.web.guards.account_rules import WRONG_PASSWORD, change_own_password
from scheduler.web.guards.languages import SPOKEN
from scheduler.web.guards.own_account import end_session, give_recovery_codes, own_sessions, set_second_factor
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting, comes_first
from scheduler.web.guards.second_factor import address_of_secret, is_secret, new_secret
from scheduler.words.catalogues import locale_of

router = APIRouter(route_class=GuardedRoute)


@router.get("/account")
def own(visit: Visiting) -> Response:
    """Name, role, sites, and what one can do about the account."""
    return _page(visit, wrong=WRONG_PASSWORD if "wrong" in visit.request.query_params else None)


@router.post("/account/language")
def choose_language(visit: Visiting) -> Response:
    """Pages speak another language from now on, or again the one that the browser asks for."""
    chosen = visit.form.get("language", "")
    if chosen and chosen not in list(SPOKEN):
        return _page(visit, wrong=said("Choose a language."))
    visit.server.store.set_language(visit.who.account.id, chosen or None)
    return RedirectResponse("/account", 303)


@router.post("/account/password")
def change_password(visit: Visiting) -> Response:
    """Another password, when the old one is right; all other sessions of the account end."""
    form, new = visit.form, visit.form.get("new", "")
    if new != form.get("again", ""):
        return _page(visit, wrong=said("The new password was not typed the same twice."))
    wrong = change_own_password(visit, form.get("password", ""), new)
    if wrong is not None:
        return _page(visit, wrong=wrong)
    return _page(visit, done=said("The password is changed. Other sessions of this account have ended."))


@router.post("/account/proof")
def prove(visit: Visiting) -> Response:
    """A code that no admin has seen: the account signs again."""
    if visit.server.signing_in.proves(visit.who, visit.form.get("code", "")):
        return _page(visit, done=said("This is your account: it signs again."))
    return _page(visit, wrong=said("This code is not one of yours, or too many were wrong: then wait some minutes."))


@router.post("/account/recovery-codes")
def recovery_codes(visit: Visiting) -> Response:
    """New codes for paper, shown this once."""
    made = give_recovery_codes(visit, visit.form.get("password", ""))
    return _page(visit, wrong=made) if isinstance(made, Said) else _page(visit, codes=made)


@router.post("/account/second-factor")
def second_factor(visit: Visiting) -> Response:
    """A telephone that makes codes."""
    form, secret = visit.form, visit.form.get("secret", "")
    wrong = set_second_factor(visit, form.get("password", ""), secret, form.get("code", ""))
    if wrong is not None:
        return _page(visit, wrong=wrong, secret=secret)
    return _page(
        visit,
        done=said("The second factor is set up. Make recovery codes too, for the day when the telephone is lost."),
    )


@router.post("/account/sessions/end")
def end(visit: Visiting) -> Response:
    """One session elsewhere ends, or all of them."""
    end_session(visit, visit.form.get("session", ""))
    return _page(visit, done=said("It is ended."))


def _page(
    visit: Visit,
    *,
    wrong: Said | None = None,
    done: Said | None = None,
    codes: tuple[str, ...] = (),
    secret: str | None = None,
) -> Response:
    # What a telephone makes codes from is on each of these pages, and is as good as the telephone.
    visit.request.state.shown_once = True
    account = visit.server.store.account(visit.who.account.id) or visit.who.account
    chosen = secret if secret is not None and is_secret(secret) else new_secret()
    drawn = segno.make(address_of_secret(chosen, account.login), error="m")
    return visit.page(
        "own_account.html",
        status=422 if wrong else 200,
        account=account,
        languages=tuple((language, str(locale_of(language).get_display_name())) for language in SPOKEN),
        first=None if visit.who.at_provider else comes_first(visit.server.settings, account),
        provider=visit.server.settings.sso_name if visit.server.provider is not None else None,
        wrong=wrong,
        done=done,
        codes=codes,
        secret=chosen,
        qr=Safe(drawn.svg_inline(scale=4, border=2, omitsize=True, svgclass=None, lineclass=None)),
        sessions=own_sessions(visit),
    )
