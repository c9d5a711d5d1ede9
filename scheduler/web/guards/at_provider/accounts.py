"""Whose account somebody has who comes from the provider. Groups there say role and sites; no account is taken by its login.

An account gets an identity at the provider in three ways: it is made at the first log-in, its owner binds it with the password,
or an admin gives it one, which locks signing until another admin confirms it, and never on an account that has signed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from scheduler.errors import ChangedMeanwhile, Refused
from scheduler.said import Said, said
from scheduler.store.values import Account, Act, Who
from scheduler.web.guards.account_rules import new_account_id, unproved_since, without_given_password
from scheduler.web.guards.requests import Visit
from scheduler.web.guards.server import Server
from scheduler.web.identities.mapping import Identity, external_of, roles_of, sites_of
from scheduler.web.problems import Problem, not_allowed
from scheduler.web.request_log import tell

PROVIDER = Who("provider", "the provider of single sign-on", "server")
"""Who is named where the provider says what becomes of an account."""

LOGGED_IN = "logged in at the provider"
REFUSED = "log-in at the provider refused"
PROVED = "identity proved at the provider"
LOGGED_OUT = "logged out at the provider"
NOTES = (LOGGED_IN, REFUSED, PROVED, LOGGED_OUT)
"""What is recorded about the provider, besides accounts that are made and changed."""

_NOT_IN_A_LOGIN = re.compile(r"[^A-Za-z0-9._@-]")


def account_for(server: Server, identity: Identity) -> Account:
    """The account of that person, with the role and the sites that the groups give now. Raises Problem for who has none."""
    settings = server.settings
    account = server.store.account_at_provider(identity.external)
    roles = roles_of(identity, settings)
    if settings.sso_roles and len(roles) != 1:
        _note_refusal(server, identity, "no role" if not roles else "several roles")
        raise _no_role() if not roles else _several_roles()
    if account is None:
        if not settings.sso_roles:
            _note_refusal(server, identity, "no account")
            raise _no_role()
        return _made(server, identity, next(iter(roles)))
    if account.disabled:
        _note_refusal(server, identity, "disabled")
        raise _no_role()
    return _as_the_provider_says(server, account, identity, next(iter(roles), account.role))


def log_out_everywhere(server: Server, external: str) -> None:
    """Who has that identity logged out at the provider: every session here ends, one by password too. Nobody else's does."""
    account = server.store.account_at_provider(external)
    if account is None or not server.store.close_sessions(account.id):
        return
    try:
        # Nothing is recorded by a clock that is wrong, and nobody is kept in by it.
        server.timekeeping.before_recording()
        server.store.note(LOGGED_OUT, {"account": account.id}, Act(PROVIDER, server.clock.now()))
    except Problem as error:
        tell("log-out not recorded", why=error.code)


def bind(visit: Visit, identity: Identity) -> None:
    """The account of who is signed in is that person's at the provider from now on. Raises Problem, Refused."""
    account = visit.server.store.account(visit.who.account.id)
    if account is None or account.given or account.reset_by is not None:
        raise not_allowed()
    act = Act(visit.who.who, visit.server.clock.now(), "own account bound to the provider")
    visit.server.store.change_account(account, replace(account, external=identity.external), act)


def give_identity(visit: Visit, account: Account, subject: str, act: Act) -> Said | None:
    """An admin says who an account's owner is at the provider, or that it is nobody there. Gives what is wrong.

    Who could come in that way might be anybody, so nothing is signed until another admin confirms the owner. A password that
    somebody else gave lets nobody in any more: whoever gave it has read it, and its owner comes from the provider.
    """
    issuer = visit.server.settings.sso_issuer
    if issuer is None:
        raise not_allowed()
    external = external_of(issuer, subject) if subject else None
    if external == account.external:
        return None
    if visit.server.store.has_signed(account.id):
        return said("This account has signed: who its owner is at the provider is changed by nobody else.")
    try:
        owned = without_given_password(account) if external is not None else account
        changed = replace(owned, external=external, reset_by=unproved_since(account, visit.who.account.id))
        visit.server.store.change_account(account, changed, act)
    except ChangedMeanwhile:
        raise
    except Refused:
        return said("Somebody else's account has this identity.")
    visit.server.store.close_sessions(account.id)
    return None


def _made(server: Server, identity: Identity, role: str) -> Account:
    sites = sites_of(identity, server.settings) if server.settings.sso_sites else frozenset()
    account = Account(
        id=new_account_id(),
        login=_free_login(server, identity),
        name=identity.name,
        role=role,
        password="",
        sites=sites,
        external=identity.external,
    )
    server.store.add_account(account, Act(PROVIDER, server.clock.now(), "first log-in at the provider"))
    return account


def _free_login(server: Server, identity: Identity) -> str:
    """A login that is nobody else's: with it alone nobody logs in, and it gives nobody another's account."""
    wanted = _NOT_IN_A_LOGIN.sub("", identity.login)[:40].lstrip("._@-") or "person"
    if len(wanted) > 1 and server.store.account_of(wanted) is None:
        return wanted
    return f"{wanted}-{identity.external[:8]}"


def _as_the_provider_says(server: Server, account: Account, identity: Identity, role: str) -> Account:
    sites = sites_of(identity, server.settings) if server.settings.sso_sites else account.sites
    changed = replace(account, role=role, sites=sites)
    if changed == account:
        return account
    server.store.change_account(
        account, changed, Act(PROVIDER, server.clock.now(), "as the groups at the provider say")
    )
    server.store.close_sessions(account.id)
    return changed


def _note_refusal(server: Server, identity: Identity, why: str) -> None:
    account = server.store.account_at_provider(identity.external)
    body = {"account": account.id if account is not None else None, "identity": identity.external, "why": why}
    server.store.note(REFUSED, dict(body), Act(PROVIDER, server.clock.now()))


def _no_role() -> Problem:
    text = said("You were known at the provider, but no group of yours there has a role here. Ask an administrator.")
    return Problem(403, "no-role", said("You are not logged in"), text)


def _several_roles() -> Problem:
    text = said(
        "Your groups at the provider give you several roles, and a person has one here. Ask whoever looks after the groups."
    )
    return Problem(403, "several-roles", said("You are not logged in"), text)
