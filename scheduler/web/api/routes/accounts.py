"""Who may log in: accounts, their roles and sites, new passwords, the end of a lock or of a person's access."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from pydantic import Field
from starlette.responses import Response

from scheduler.patient.events.fields import Texts
from scheduler.said import Said
from scheduler.store.values import Account, Act
from scheduler.web.api.answers import answer
from scheduler.web.api.bodies import BodyOf
from scheduler.web.api.paging import AfterOne, LimitAll, paged
from scheduler.web.api.problems import one_wrong
from scheduler.web.api.routes.links import Why
from scheduler.web.api.routes.sessions import sites_of
from scheduler.web.api.rules import router_for
from scheduler.web.api.shapes.study import Account as AccountShape
from scheduler.web.api.shapes.study import Accounts, NewPassword
from scheduler.web.guards.account_rules import (
    Person,
    account_of,
    accounts_of,
    change_account,
    confirm_owner,
    give_new_password,
    is_locked,
    locks_oneself_out,
    make_account,
    unlock,
    what_is_wrong,
)
from scheduler.web.guards.requests import Visit, Visiting
from scheduler.web.guards.roles import Role
from scheduler.written import Written

router = router_for("accounts")


class PersonText(Written):
    """What an admin says about a person."""

    name: Annotated[str, Field(max_length=100, examples=["Dr Example"])]
    """The name as records shall tell it."""
    role: Role
    """What the person may do."""
    sites: Texts | None
    """Whose patients the person may see; null is all sites."""


class NewAccount(PersonText):
    """A person who may log in from now on."""

    login: Annotated[str, Field(max_length=60, examples=["example"])]
    """2 to 60 letters, digits, points, hyphens or @."""


class ChangedAccount(PersonText):
    """The whole account as it shall be."""

    disabled: bool
    """The person may no longer log in."""
    reason: Annotated[str | None, Field(max_length=500)] = None
    """Why, for the audit trail."""


@router.get("/accounts", response_model=Accounts)
def accounts(visit: Visiting, after: AfterOne = "", limit: LimitAll = None) -> Response:
    """All accounts that this admin looks after; with ``limit`` page by page."""
    page = paged(accounts_of(visit), lambda each: each.id, after, limit)
    return page.with_link(visit, answer(Accounts(accounts=tuple(_told(visit, each) for each in page.items))))


@router.post("/accounts", status_code=201, response_model=NewPassword)
def make(visit: Visiting, body: Annotated[NewAccount, Depends(BodyOf(NewAccount))]) -> Response:
    """Make an account. Its first password is in this answer and nowhere else."""
    person = _person(visit, body)
    _refuse(what_is_wrong(visit, person, body.login.strip()))
    account, password = make_account(visit, body.login.strip(), person)
    return answer(NewPassword(account=_told(visit, account), password=password), status=201)


@router.get("/accounts/{account}", response_model=AccountShape)
def one(visit: Visiting, account: str) -> Response:
    """One account."""
    return answer(_told(visit, account_of(visit, account)))


@router.put("/accounts/{account}", response_model=AccountShape)
def change(visit: Visiting, account: str, body: Annotated[ChangedAccount, Depends(BodyOf(ChangedAccount))]) -> Response:
    """Change name, role, sites or access. Who loses or gets something has to log in again."""
    present = account_of(visit, account)
    person = _person(visit, body, disabled=body.disabled)
    _refuse(what_is_wrong(visit, person) or locks_oneself_out(visit, present, person))
    return answer(_told(visit, change_account(visit, present, person, _act(visit, body.reason))))


@router.post("/accounts/{account}/password", response_model=NewPassword)
def new_password(visit: Visiting, account: str, body: Annotated[Why, Depends(BodyOf(Why))]) -> Response:
    """Give another password, told this once. A lock and all sessions of the account end."""
    present = account_of(visit, account)
    password = give_new_password(visit, present, _act(visit, body.reason))
    return answer(NewPassword(account=_told(visit, account_of(visit, account)), password=password))


@router.post("/accounts/{account}/unlock", response_model=AccountShape)
def end_lock(visit: Visiting, account: str, body: Annotated[Why, Depends(BodyOf(Why))]) -> Response:
    """End a lock after wrong passwords."""
    return answer(_told(visit, unlock(visit, account_of(visit, account), _act(visit, body.reason))))


@router.post("/accounts/{account}/confirm", response_model=AccountShape)
def confirm(visit: Visiting, account: str, body: Annotated[Why, Depends(BodyOf(Why))]) -> Response:
    """Confirm that an account is its owner's after another admin gave it a password: it signs again."""
    return answer(_told(visit, confirm_owner(visit, account_of(visit, account), _act(visit, body.reason))))


def _person(visit: Visit, body: PersonText, *, disabled: bool = False) -> Person:
    sites = None if body.sites is None else frozenset(body.sites)
    unknown = (sites or frozenset()) - {site.name for site in visit.server.patients.study().sites}
    if unknown:
        raise one_wrong("unknown-site", "a site is not in the study", "give the names that GET /api/protocol has")
    return Person(body.name.strip(), body.role, sites, disabled)


def _refuse(wrong: Said | None) -> None:
    if wrong is not None:
        raise one_wrong("bad-account", wrong)


def _act(visit: Visit, reason: str | None) -> Act:
    return Act(visit.who.who, visit.server.clock.now(), reason)


def _told(visit: Visit, account: Account) -> AccountShape:
    return AccountShape.taken_from(
        account,
        account=account.id,
        sites=sites_of(account),
        locked=is_locked(visit, account),
        signing_locked=account.reset_by is not None,
        second_factor=account.totp is not None,
    )
