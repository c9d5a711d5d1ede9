"""Logging in and out."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from scheduler.said import Said, said
from scheduler.web.guards.at_provider.going import way_out
from scheduler.web.guards.limits import source_of
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.problems import too_often
from scheduler.web.request_log import tell
from scheduler.web.showing.own_paths import local_path, with_query

router = APIRouter(route_class=GuardedRoute)

WRONG = said("The login, the password or the code is wrong, or too many were: then wait some minutes.")
"""One sentence for everything: who tries must not learn which logins there are."""


@router.get("/login")
def ask(visit: Visiting, to: str | None = None, wrong: str | None = None) -> Response:
    """The form; who is signed in already goes on."""
    if visit.signed_in is not None:
        return RedirectResponse(local_path(to), 303)
    return _form(visit, to, WRONG if wrong else None)


@router.post("/login")
def sign_in(visit: Visiting) -> Response:
    """A session, when login and password are right."""
    server, form = visit.server, visit.form
    source = source_of(visit.request)
    if not server.logins.allows(source):
        tell("log-in refused", why="too many")
        raise too_often()
    login, password, code = form.get("login", "").strip(), form.get("password", ""), form.get("code", "")
    account = server.signing_in.account(login, password, source, code)
    if account is None:
        tell("log-in refused", why="wrong")
        if "text/html" in visit.request.headers.get("accept", ""):
            # A page that a browser can ask for again: going back does not send the password anew.
            return RedirectResponse(with_query("/login", to=local_path(form.get("to")), wrong="1"), 303)
        return _form(visit, form.get("to"), WRONG)
    if visit.signed_in is not None:
        server.sessions.close(visit.signed_in)
    token = server.sessions.open(account)
    tell("log-in", role=account.role)
    response = RedirectResponse(local_path(form.get("to")), 303)
    server.sessions.set_cookie(response, token)
    return response


@router.post("/logout")
def sign_out(visit: Visiting) -> Response:
    """The session ends, and the browser forgets what it holds of this server."""
    visit.server.sessions.close(visit.who)
    there = way_out(visit)
    response: Response = RedirectResponse("/login", 303)
    if there is not None:
        response = _out(visit, there)
    visit.server.sessions.drop_cookie(response)
    response.headers["clear-site-data"] = '"cache", "cookies", "storage"'
    return response


def _out(visit: Visit, there: str) -> Response:
    """Logged out here; the browser goes on to log out at the provider."""
    text = said("You are logged out here. At the provider you log out next.")
    left = replace(visit, signed_in=None)
    name = visit.server.settings.sso_name
    response = left.page("at_provider.html", why=text, address_there=there, provider=name)
    response.headers["refresh"] = f"0; url={there}"
    return response


def _form(visit: Visit, to: str | None, wrong: Said | None) -> Response:
    provider = visit.server.settings.sso_name if visit.server.provider is not None else None
    status = 200 if wrong is None else 403
    return visit.page("login.html", status=status, to=local_path(to), wrong=wrong, provider=provider)
