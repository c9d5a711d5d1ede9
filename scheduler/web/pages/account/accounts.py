"""Who may log in: making accounts, their roles and sites, new passwords, ending a lock or a person's access."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.errors import Refused
from scheduler.said import Listed, Said, said
from scheduler.store.values import Account, Act
from scheduler.web.guards.account_rules import (
    Person,
    account_of,
    accounts_of,
    change_account,
    confirm_owner,
    give_new_password,
    locked,
    locks_oneself_out,
    make_account,
    may_confirm,
    take_second_factor_away,
    unlock,
    what_is_wrong,
)
from scheduler.web.guards.at_provider.accounts import give_identity
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.guards.roles import Role
from scheduler.web.problems import sentences_of

router = APIRouter(route_class=GuardedRoute)


@router.get("/accounts")
def accounts(visit: Visiting) -> Response:
    """All accounts that this admin looks after, and the form for a new one."""
    return _list(visit)


@router.post("/accounts")
def make(visit: Visiting) -> Response:
    """A new account with a password that is shown once."""
    form, person = visit.form, _person(visit, visit.form)
    login = form.get("login", "").strip()
    wrong = what_is_wrong(visit, person, login)
    if wrong is not None:
        return _list(visit, form=form, wrong=wrong)
    try:
        account, password = make_account(visit, login, person)
    except Refused as error:
        return _list(visit, form=form, wrong=sentences_of(error.findings))
    return _list(visit, made=(account, password))


@router.get("/accounts/{account}")
def one(visit: Visiting, account: str) -> Response:
    """One account."""
    return _one(visit, account_of(visit, account))


@router.post("/accounts/{account}")
def change(visit: Visiting, account: str) -> Response:
    """Other name, role, sites, or access; a new password; the end of a lock. Who loses something has to log in again."""
    form, known = visit.form, account_of(visit, account)
    act = Act(visit.who.who, visit.server.clock.now(), form.get("reason", "").strip()[:500] or None)
    if form.get("do") == "password":
        password = give_new_password(visit, known, act)
        return _one(visit, account_of(visit, account), password=password)
    if form.get("do") == "confirm":
        return _one(visit, confirm_owner(visit, known, act), done=said("The account signs again."))
    if form.get("do") == "second-factor":
        return _one(visit, take_second_factor_away(visit, known, act), done=said("The second factor is taken away."))
    if form.get("do") == "provider":
        wrong = give_identity(visit, known, form.get("subject", "").strip()[:255], act)
        done = None if wrong else said("Who its owner is at the provider is changed.")
        return _one(visit, account_of(visit, account), wrong=wrong, done=done)
    if form.get("do") == "unlock":
        return _one(visit, unlock(visit, known, act), done=said("The account is no longer locked."))
    person = _person(visit, form)
    wrong = what_is_wrong(visit, person) or locks_oneself_out(visit, known, person)
    if wrong is not None:
        return _one(visit, known, wrong=wrong)
    return _one(visit, change_account(visit, known, person, act), done=said("The account is changed."))


def _person(visit: Visit, form: Mapping[str, str]) -> Person:
    name, role = form.get("name", "").strip(), form.get("role", "")
    return Person(name, role, _sites(visit, form), bool(form.get("disabled")))


def _sites(visit: Visit, form: Mapping[str, str]) -> frozenset[str] | None:
    if form.get("all_sites"):
        return None
    known = visit.server.patients.study().sites
    return frozenset(site.name for number, site in enumerate(known) if form.get(f"site-{number}"))


def _sites_to_give(visit: Visit) -> tuple[tuple[int, str], ...]:
    """The own sites of this admin, each by its number in the study."""
    known, mine = visit.server.patients.study().sites, visit.sites()
    return tuple((number, site.name) for number, site in enumerate(known) if site.name in mine)


def _list(
    visit: Visit,
    *,
    form: Mapping[str, str] | None = None,
    wrong: Said | Listed | None = None,
    made: tuple[Account, str] | None = None,
) -> Response:
    visit.request.state.shown_once = made is not None
    now_locked = locked(visit)
    return visit.page(
        "accounts.html",
        status=422 if wrong else 200,
        accounts=tuple((each, each.id in now_locked) for each in accounts_of(visit)),
        roles=tuple(Role),
        sites=_sites_to_give(visit),
        form=form or {},
        wrong=wrong,
        made=made,
    )


def _one(
    visit: Visit, account: Account, *, wrong: Said | None = None, done: Said | None = None, password: str | None = None
) -> Response:
    visit.request.state.shown_once = password is not None
    return visit.page(
        "account.html",
        status=422 if wrong else 200,
        account=account,
        locked=locked(visit).get(account.id),
        may_confirm=may_confirm(visit, account),
        provider=visit.server.settings.sso_name if visit.server.provider is not None else None,
        roles=tuple(Role),
        sites=_sites_to_give(visit),
        wrong=wrong,
        done=done,
        password=password,
    )
