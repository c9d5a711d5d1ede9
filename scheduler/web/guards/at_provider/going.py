"""Sending somebody to the provider, and what is made of what comes back: once, in the same browser, within minutes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from starlette.responses import Response

from scheduler.said import said
from scheduler.store.beside.attempts import ATTEMPTS_KEPT, Attempt
from scheduler.store.values import Act, digest_of
from scheduler.web.guards.at_provider.accounts import LOGGED_OUT, PROVED
from scheduler.web.guards.limits import source_of
from scheduler.web.guards.requests import Visit
from scheduler.web.guards.signing_in import PROOF, digest_of_proof
from scheduler.web.identities.mapping import Identity
from scheduler.web.identities.proved import NO_TIME, TOO_OLD, Since
from scheduler.web.identities.provider import Busy, NotAnew, NotProved, Provider, Unreachable, state_of
from scheduler.web.problems import Problem, not_found, too_busy, too_often
from scheduler.web.request_log import tell

LOG_IN, SIGN, BIND, LOG_OUT = "log in", "sign", "bind", "log out"
_LONGEST = 10_000
"""Letters of a token that are read."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a browser is sent, and the secret that it keeps until it comes back."""

    address: str
    secret: str


def provider_of(visit: Visit) -> Provider:
    """The provider. Raises Problem where there is none."""
    if visit.server.provider is None:
        raise not_found()
    return visit.server.provider


def begin(visit: Visit, purpose: str, about: str, *, read: int | None = None) -> Sent:
    """Somebody goes to the provider. To sign or to bind an account the person proves anew there who that is.

    ``read`` is what the provider's clock said at a first try: only a log-in after that counts now.
    """
    provider, server = provider_of(visit), visit.server
    if not server.logins.allows(source_of(visit.request)):
        tell("log-in refused", why="too many")
        raise too_often()
    secret = secrets.token_urlsafe(32)
    try:
        with provider.turn():
            address = provider.address(secret, fresh=purpose != LOG_IN)
    except Busy:
        raise too_busy() from None
    except Unreachable as error:
        raise _unreachable(error) from None
    signed_in = visit.signed_in if purpose != LOG_IN else None
    account = signed_in.account.id if signed_in is not None else None
    session = signed_in.session.token if signed_in is not None else None
    kept = about if read is None else f"{read} {about}"
    server.store.keep_attempt(Attempt(digest_of(state_of(secret)), purpose, account, session, kept, server.clock.now()))
    return Sent(address, secret)


def come_back(visit: Visit) -> tuple[Attempt, Identity] | Sent:
    """What somebody went for, and who that is; or the way there once more, where the first log-in may have been an earlier one.

    Raises Problem for everything that is not as it must be.
    """
    provider, server, query = provider_of(visit), visit.server, visit.request.query_params
    secret = visit.request.cookies.get(cookie_of(visit), "")
    state = query.get("state", "")
    if not secret or not secrets.compare_digest(state_of(secret).encode(), state.encode("utf-8", "replace")):
        raise _not_proved("another browser")
    server.timekeeping.before_recording()
    try:
        with provider.turn():
            attempt, read = _taken(visit, state)
            found = _asked(visit, provider, attempt, secret, read)
    except Busy:
        raise too_busy() from None
    except NotProved as error:
        raise _not_proved(error.why) from None
    except Unreachable as error:
        raise _unreachable(error) from None
    identity = found.identity if isinstance(found, NotAnew) else found
    if attempt.purpose != LOG_IN:
        _refuse_another(visit, attempt, identity)
    if not isinstance(found, NotAnew):
        return attempt, identity
    if read is not None:
        raise _not_proved(found.why)
    tell("provider asked again", why=found.why)
    return begin(visit, attempt.purpose, attempt.about, read=found.read)


def _taken(visit: Visit, state: str) -> tuple[Attempt, int | None]:
    """What somebody went for, and what the provider's clock said at the first try where this is the second."""
    server = visit.server
    attempt = server.store.take_attempt(digest_of(state), server.clock.now())
    if attempt is None:
        raise NotProved("too late, or twice")
    if attempt.purpose == LOG_IN:
        return attempt, None
    read, _, about = attempt.about.rpartition(" ")
    return replace(attempt, about=about), int(read) if read else None


def _asked(visit: Visit, provider: Provider, attempt: Attempt, secret: str, read: int | None) -> Identity | NotAnew:
    query = visit.request.query_params
    if "error" in query:
        raise NotProved("refused there")
    since = None if attempt.purpose == LOG_IN else Since(attempt.at, read)
    try:
        return provider.identity(query.get("code", "")[:2000], secret, query.get("iss"), since=since)
    except NotAnew as error:
        return error


def _refuse_another(visit: Visit, attempt: Attempt, identity: Identity) -> None:
    """Who signs, or binds an account, is who went there, in the same session; and who signs is the account's owner there."""
    signed_in = visit.who
    if (signed_in.account.id, signed_in.session.token) != (attempt.account, attempt.session):
        raise _not_proved("another session")
    if attempt.purpose == SIGN and signed_in.account.external != identity.external:
        raise _not_proved("another person")


def keep_proof(visit: Visit, key: str, digest: str, identity: Identity) -> None:
    """Somebody proved at the provider who that is, to sign the form of that digest, once and in this session."""
    server, signed_in = visit.server, visit.who
    now, state = server.clock.now(), digest_of_proof(key)
    server.store.keep_attempt(Attempt(state, PROOF, signed_in.account.id, signed_in.session.token, digest, now))
    told = {"account": signed_in.account.id, "auth_time": identity.proved, "form": digest}
    server.store.note(PROVED, dict(told), Act(signed_in.who, now))


def told_of_a_log_out(visit: Visit) -> str:
    """Whose log-out the provider tells by itself: the digest of who that is there. Raises Problem, also for what came before."""
    provider, server = provider_of(visit), visit.server
    try:
        with provider.turn():
            found = provider.logged_out(visit.form.get("logout_token", "")[:_LONGEST])
    except Busy:
        raise too_busy() from None
    except NotProved as error:
        raise _not_proved(error.why, 400) from None
    except Unreachable as error:
        raise _unreachable(error) from None
    state, now = digest_of(f"log-out {found.number}"), server.clock.now()
    again = server.store.take_attempt(state, now) is not None
    server.store.keep_attempt(Attempt(state, LOG_OUT, None, None, "", now))
    if again:
        raise _not_proved("again", 400)
    return found.external


def way_out(visit: Visit) -> str | None:
    """Where to log out at the provider too, for who logged in there; the session here has ended already."""
    server = visit.server
    if server.provider is None or not visit.who.at_provider:
        return None
    try:
        # Nothing is recorded by a clock that is wrong, and nobody is kept in by it.
        server.timekeeping.before_recording()
        server.store.note(LOGGED_OUT, {"account": visit.who.account.id}, Act(visit.who.who, server.clock.now()))
    except Problem as error:
        tell("log-out not recorded", why=error.code)
    try:
        with server.provider.turn():
            return server.provider.way_out()
    except (Unreachable, Busy) as error:
        tell("provider unreachable", error=str(error))
        return None


def cookie_of(visit: Visit) -> str:
    """The name of the cookie with the secret."""
    return "__Host-provider" if visit.server.settings.secure else "provider"


def set_cookie(visit: Visit, response: Response, sent: Sent) -> None:
    """Give the browser its secret, for as long as it may be away."""
    secure = visit.server.settings.secure
    seconds = int(ATTEMPTS_KEPT.total_seconds())
    name = cookie_of(visit)
    response.set_cookie(name, sent.secret, max_age=seconds, path="/", secure=secure, httponly=True, samesite="lax")


def drop_cookie(visit: Visit, response: Response) -> None:
    """Take it back."""
    response.delete_cookie(
        cookie_of(visit), path="/", secure=visit.server.settings.secure, httponly=True, samesite="lax"
    )


def _not_proved(why: str, status: int = 403) -> Problem:
    tell("provider refused", why=why)
    if why in (TOO_OLD, NO_TIME):
        text = said(
            "The provider does not say that it asked you anew who you are, so nothing was done. "
            "Tell whoever looks after the server."
        )
        return Problem(status, "not-proved", said("The provider's answer was refused"), text)
    text = said(
        "What came back from the provider does not prove who you are, so nothing was done. Begin again from this server's page."
    )
    return Problem(status, "not-proved", said("The provider's answer was refused"), text)


def _unreachable(error: Unreachable) -> Problem:
    tell("provider unreachable", error=str(error))
    text = said(
        "The provider of single sign-on does not answer. Try again in a moment; who has a password here logs in with it."
    )
    return Problem(503, "provider-unreachable", said("The provider does not answer"), text, {"Retry-After": "30"})
