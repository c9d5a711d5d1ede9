"""Logging in and out: a program gets a token, a page of this server has its cookie."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from pydantic import Field
from starlette.responses import Response

from scheduler.store.values import Account
from scheduler.web.api.answers import answer
from scheduler.web.api.bodies import BodyOf
from scheduler.web.api.problems import one_wrong
from scheduler.web.api.rules import router_for
from scheduler.web.api.shapes.study import NewSession, Person, Session
from scheduler.web.guards.account_rules import change_own_password
from scheduler.web.guards.limits import source_of
from scheduler.web.guards.requests import Visiting
from scheduler.web.guards.sessions import bearer_token
from scheduler.web.problems import Problem, too_often
from scheduler.web.request_log import tell
from scheduler.written import Written

router = router_for("session")

Secret = Annotated[str, Field(max_length=200)]


class LogIn(Written):
    """Who somebody is."""

    login: Annotated[str, Field(max_length=60, examples=["coordinator"])]
    """The login."""
    password: Secret
    """The password."""
    code: Annotated[str | None, Field(max_length=40)] = None
    """The code of the second factor, or a recovery code, where the account has one."""


class OwnPassword(Written):
    """Another password of one's own."""

    password: Secret
    """The present one."""
    new: Annotated[str, Field(max_length=1000)]
    """The new one: at least 12 characters, and not the login name."""


@router.post("/session", status_code=201, response_model=NewSession)
def log_in(visit: Visiting, body: Annotated[LogIn, Depends(BodyOf(LogIn))]) -> Response:
    """Log in: the token goes into the header ``Authorization: Bearer ...`` of every other request."""
    server = visit.server
    source = source_of(visit.request)
    if not server.logins.allows(source):
        tell("log-in refused", why="too many")
        raise too_often()
    login = body.login.strip()
    account = server.signing_in.account(login if login.isprintable() else "", body.password, source, body.code or "")
    if account is None:
        tell("log-in refused", why="wrong")
        text = "The login, the password or the code is wrong, or too many were: then wait some minutes."
        raise Problem(401, "wrong-login", "You are not logged in", text)
    token = server.sessions.open(account)
    tell("log-in", role=account.role)
    return answer(NewSession(token=token, person=_told(account)), status=201)


@router.get("/session", response_model=Session)
def who_am_i(visit: Visiting) -> Response:
    """Who is logged in."""
    return answer(
        Session(
            person=_told(visit.who.account),
            expires=visit.who.session.expires,
            form_token=None if _bears_token(visit.request) else visit.who.form_token,
        )
    )


@router.delete("/session", status_code=204)
def log_out(visit: Visiting) -> Response:
    """Log out: the token, or the cookie, is worth nothing from now on."""
    visit.server.sessions.close(visit.who)
    response = Response(status_code=204)
    if not _bears_token(visit.request):
        visit.server.sessions.drop_cookie(response)
    return response


@router.post("/session/password", status_code=204)
def change_password(visit: Visiting, body: Annotated[OwnPassword, Depends(BodyOf(OwnPassword))]) -> Response:
    """Change one's own password. All other sessions of the account end."""
    wrong = change_own_password(visit, body.password, body.new)
    if wrong is not None:
        raise one_wrong("bad-password", wrong)
    return Response(status_code=204)


def sites_of(account: Account) -> tuple[str, ...] | None:
    """Whose patients the person may see, in order; None is all of them."""
    return None if account.sites is None else tuple(sorted(account.sites))


def _told(account: Account) -> Person:
    return Person.taken_from(account, account=account.id, sites=sites_of(account))


def _bears_token(request: Request) -> bool:
    return bearer_token(request) is not None
