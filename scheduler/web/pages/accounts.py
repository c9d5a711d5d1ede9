"""Who may log in: making accounts, their roles and sites, new passwords, ending a lock or a person's access."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.errors import Refused
from scheduler.store.values import Account, Act
from scheduler.web.founding import new_account_id
from scheduler.web.guard import GuardedRoute, Visit, Visiting
from scheduler.web.pages.enrolling import sites_of
from scheduler.web.passwords import new_password
from scheduler.web.problems import not_found
from scheduler.web.roles import Role

router = APIRouter(route_class=GuardedRoute)

_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{1,59}")


@router.get("/accounts")
def accounts(visit: Visiting) -> Response:
    """All accounts that this admin looks after, and the form for a new one."""
    return _list(visit)


@router.post("/accounts")
def make(visit: Visiting) -> Response:
    """A new account with a password that is shown once."""
    form, server = visit.form, visit.server
    wrong = _what_is_wrong(visit, form)
    login = form.get("login", "").strip()
    if wrong is None and not _LOGIN.fullmatch(login):
        wrong = "A login has 2 to 60 letters, digits, points, hyphens or @."
    if wrong is not None:
        return _list(visit, form=form, wrong=wrong)
    password = new_password()
    account = Account(
        id=new_account_id(),
        login=login,
        name=form["name"].strip(),
        role=form["role"],
        password=server.passwords.hash(password),
        sites=_sites(visit, form),
    )
    try:
        server.store.add_account(account, Act(visit.who.who, server.clock.now()))
    except Refused as error:
        return _list(visit, form=form, wrong=" ".join(f"{each.message}." for each in error.findings))
    return _list(visit, made=(account, password))


@router.get("/accounts/{account}")
def one(visit: Visiting, account: str) -> Response:
    """One account."""
    return _one(visit, _mine(visit, account))


@router.post("/accounts/{account}")
def change(visit: Visiting, account: str) -> Response:
    """Other name, role, sites, or access; a new password; the end of a lock. Who loses something has to log in again."""
    server, form = visit.server, visit.form
    known = _mine(visit, account)
    act = Act(visit.who.who, server.clock.now(), form.get("reason", "").strip()[:500] or None)
    if form.get("do") == "password":
        password = new_password()
        server.store.change_account(replace(known, password=server.passwords.hash(password)), act)
        server.store.lock(known.id, None)
        _end_sessions(visit, known)
        return _one(visit, known, password=password)
    if form.get("do") == "unlock":
        server.store.lock(known.id, None)
        server.store.note("account unlocked", {"account": known.id}, act)
        return _one(visit, _mine(visit, account), done="The account is no longer locked.")
    wrong = _what_is_wrong(visit, form) or _locks_oneself_out(visit, known, form)
    if wrong is not None:
        return _one(visit, known, wrong=wrong)
    changed = replace(
        known,
        name=form["name"].strip(),
        role=form["role"],
        sites=_sites(visit, form),
        disabled=bool(form.get("disabled")),
    )
    server.store.change_account(changed, act)
    if (changed.role, changed.sites, changed.disabled) != (known.role, known.sites, known.disabled):
        _end_sessions(visit, known)
    return _one(visit, _mine(visit, account), done="The account is changed.")


def _end_sessions(visit: Visit, account: Account) -> None:
    own = visit.who.session.token if account.id == visit.who.account.id else None
    visit.server.store.close_sessions(account.id, but=own)


def _mine(visit: Visit, id: str) -> Account:
    """The account, when this admin's own sites include all of its sites."""
    account = visit.server.store.account(id)
    if account is None or not _within(visit, account.sites):
        raise not_found()
    return account


def _within(visit: Visit, sites: frozenset[str] | None) -> bool:
    own = visit.who.account.sites
    return own is None or (sites is not None and sites <= own)


def _what_is_wrong(visit: Visit, form: Mapping[str, str]) -> str | None:
    name = form.get("name", "").strip()
    if not name or len(name) > 100 or not name.isprintable():
        return "Write the person's name as records shall tell it."
    if form.get("role") not in list(Role):
        return "Choose a role."
    if not _within(visit, _sites(visit, form)):
        return "You can give only sites that you have yourself."
    return None


def _locks_oneself_out(visit: Visit, account: Account, form: Mapping[str, str]) -> str | None:
    if account.id == visit.who.account.id and (form.get("disabled") or form.get("role") != Role.ADMIN):
        return "Another admin has to take this from you, so that somebody is left who can."
    return None


def _sites(visit: Visit, form: Mapping[str, str]) -> frozenset[str] | None:
    if form.get("all_sites"):
        return None
    known = visit.server.patients.study().sites
    return frozenset(site.name for number, site in enumerate(known) if form.get(f"site-{number}"))


def _list(
    visit: Visit,
    *,
    form: Mapping[str, str] | None = None,
    wrong: str | None = None,
    made: tuple[Account, str] | None = None,
) -> Response:
    now = visit.server.clock.now()
    known = [each for each in visit.server.store.accounts() if _within(visit, each.sites)]
    return visit.page(
        "accounts.html",
        status=422 if wrong else 200,
        accounts=tuple((each, each.locked_until is not None and each.locked_until > now) for each in known),
        roles=tuple(Role),
        sites=tuple(enumerate(site.name for site in visit.server.patients.study().sites)),
        mine=sites_of(visit),
        form=form or {},
        wrong=wrong,
        made=made,
    )


def _one(
    visit: Visit, account: Account, *, wrong: str | None = None, done: str | None = None, password: str | None = None
) -> Response:
    now = visit.server.clock.now()
    return visit.page(
        "account.html",
        status=422 if wrong else 200,
        account=account,
        locked=account.locked_until is not None and account.locked_until > now,
        roles=tuple(Role),
        sites=tuple(enumerate(site.name for site in visit.server.patients.study().sites)),
        wrong=wrong,
        done=done,
        password=password,
    )
