"""Logging in at the provider of single sign-on, and where everybody comes back who was sent there."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from scheduler.said import Said, said
from scheduler.store.values import Act
from scheduler.web.guards.at_provider.accounts import LOGGED_IN, account_for, bind, log_out_everywhere
from scheduler.web.guards.at_provider.going import (
    BIND,
    LOG_IN,
    SIGN,
    Sent,
    begin,
    come_back,
    drop_cookie,
    keep_proof,
    set_cookie,
    told_of_a_log_out,
)
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.guards.roles import OUT
from scheduler.web.guards.sessions import bearer_token
from scheduler.web.identities.mapping import Identity
from scheduler.web.identities.proved import GOING
from scheduler.web.problems import not_allowed
from scheduler.web.request_log import tell
from scheduler.web.showing.own_paths import local_path
from scheduler.web.unsaved import digest_of_form

router = APIRouter(route_class=GuardedRoute)

ONCE_MORE = said(
    "By the clock of the provider you were logged in there before you were asked to: either it did not ask you, or its clock is "
    "behind. Prove once more who you are; this time its own clock counts alone. Nothing is recorded yet."
)


@router.get("/login/provider")
def go(visit: Visiting, to: str | None = None) -> Response:
    """To the provider; who is signed in already goes on."""
    if visit.signed_in is not None:
        return RedirectResponse(local_path(to), 303)
    sent = begin(visit, LOG_IN, local_path(to))
    response = RedirectResponse(sent.address, 303)
    set_cookie(visit, response, sent)
    return response


@router.get("/login/provider/back")
def back(visit: Visiting) -> Response:
    """From the provider: a session, a proof to sign with, or an account that is bound."""
    came = come_back(visit)
    if isinstance(came, Sent):
        return going(visit, came, ONCE_MORE)
    attempt, identity = came
    if attempt.purpose == SIGN:
        response = _proved(visit, attempt.about, identity)
    elif attempt.purpose == BIND:
        bind(visit, identity)
        response = RedirectResponse("/account", 303)
    else:
        response = _logged_in(visit, attempt.about, identity)
    drop_cookie(visit, response)
    return response


@router.post(OUT)
def told_to_log_out(visit: Visiting) -> Response:
    """Somebody logged out at the provider, which says so by itself: the sessions here end too."""
    log_out_everywhere(visit.server, told_of_a_log_out(visit))
    return Response(status_code=200, headers={"cache-control": "no-store"})


def _logged_in(visit: Visit, to: str, identity: Identity) -> Response:
    server = visit.server
    account = account_for(server, identity)
    if visit.signed_in is not None:
        server.sessions.close(visit.signed_in)
    token = server.sessions.open(account, at_provider=True)
    signed_in = server.sessions.who_has(token)
    assert signed_in is not None
    server.store.note(LOGGED_IN, {"account": account.id}, Act(signed_in.who, server.clock.now()))
    tell("log-in", role=account.role)
    response = RedirectResponse(local_path(to), 303)
    server.sessions.set_cookie(response, token)
    return response


def _proved(visit: Visit, key: str, identity: Identity) -> Response:
    """The form that was kept is shown again, with what signs it."""
    account, now = visit.who.account, visit.server.clock.now()
    kept = next((each for each in visit.server.store.unsaved_forms(account.id, now) if each.key == key), None)
    if kept is None:
        raise not_allowed()
    subject = kept.path.split("/")[2]
    keep_proof(visit, key, digest_of_form(subject, kept.fields), identity)
    return RedirectResponse(f"/subjects/{subject}/signed/{key}", 303)


@router.post("/account/provider")
def bind_own(visit: Visiting) -> Response:
    """To the provider, to say who one is there: with the password, and proved anew."""
    if bearer_token(visit.request) is not None or visit.who.at_provider:
        raise not_allowed()
    if not visit.server.signing_in.is_password_of(visit.who, visit.form.get("password", "")):
        return RedirectResponse("/account?wrong=1", 303)
    return going(visit, begin(visit, BIND, "/account"), said("Prove who you are at the provider."))


def going(visit: Visit, sent: Sent, why: Said) -> Response:
    """A page that goes on to the provider by itself: browsers let no form be sent elsewhere."""
    response = visit.page(
        "at_provider.html", why=why, address_there=sent.address, provider=visit.server.settings.sso_name
    )
    response.headers["refresh"] = f"{GOING}; url={sent.address}"
    set_cookie(visit, response, sent)
    return response
