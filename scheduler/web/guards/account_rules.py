"""What an admin may do to accounts: only within the own sites, and never so that nobody is left who can."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.said import Said, said
from scheduler.store.values import Account, Act
from scheduler.web.guards.passwords import new_password, what_is_wrong_with
from scheduler.web.guards.requests import Visit
from scheduler.web.guards.roles import Role
from scheduler.web.guards.signing_in import UNLOCKED
from scheduler.web.problems import not_allowed, not_found

WRONG_PASSWORD = said("The present password is wrong, or too many were wrong in this session: wait some minutes.")
_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{1,59}")


@dataclass(frozen=True, slots=True)
class Person:
    """What an admin says about a person who may log in. ``sites`` None is all of them."""

    name: str
    role: str
    sites: frozenset[str] | None
    disabled: bool = False


def is_within_reach(visit: Visit, sites: frozenset[str] | None) -> bool:
    """True when this admin's own sites include all of these."""
    own = visit.who.account.sites
    return own is None or (sites is not None and sites <= own)


def accounts_of(visit: Visit) -> tuple[Account, ...]:
    """All accounts that this admin looks after, by login."""
    return tuple(each for each in visit.server.store.accounts() if is_within_reach(visit, each.sites))


def account_of(visit: Visit, id: str) -> Account:
    """The account of that id. Raises Problem when it is not this admin's to look after."""
    account = visit.server.store.account(id)
    if account is None or not is_within_reach(visit, account.sites):
        raise not_found()
    return account


def is_locked(visit: Visit, account: Account) -> bool:
    """True while some source of wrong passwords is locked out of it."""
    return account.id in locked(visit)


def locked(visit: Visit) -> Mapping[str, datetime]:
    """The accounts that some source is locked out of, and until when."""
    return visit.server.store.locked(visit.server.clock.now())


def what_is_wrong(visit: Visit, person: Person, login: str | None = None) -> Said | None:
    """What cannot be said so, in a sentence; None when all is well. ``login`` is that of a new account."""
    if not person.name or len(person.name) > 100 or not person.name.isprintable():
        return said("Write the person's name as records shall tell it.")
    if person.role not in list(Role):
        return said("Choose a role.")
    if not is_within_reach(visit, person.sites):
        return said("You can give only sites that you have yourself.")
    if login is not None and not _LOGIN.fullmatch(login):
        return said("A login has 2 to 60 letters, digits, points, hyphens or @.")
    return None


def locks_oneself_out(visit: Visit, account: Account, person: Person) -> Said | None:
    """What is wrong where an admin would take the own access away."""
    if account.id == visit.who.account.id and (person.disabled or person.role != Role.ADMIN):
        return said("Another admin has to take this from you, so that somebody is left who can.")
    return None


def make_account(visit: Visit, login: str, person: Person) -> tuple[Account, str]:
    """A new account and its first password, which is told this once. Raises Refused when the login is taken."""
    password = new_password()
    account = Account(
        id=new_account_id(),
        login=login,
        name=person.name,
        role=person.role,
        password=visit.server.passwords.hash(password),
        sites=person.sites,
        given=True,
    )
    visit.server.store.add_account(account, Act(visit.who.who, visit.server.clock.now()))
    return account, password


def change_account(visit: Visit, account: Account, person: Person, act: Act) -> Account:
    """The account as it shall be. Who loses or gets something has to log in again."""
    changed = replace(account, name=person.name, role=person.role, sites=person.sites, disabled=person.disabled)
    visit.server.store.change_account(account, changed, act)
    if (changed.role, changed.sites, changed.disabled) != (account.role, account.sites, account.disabled):
        _end_sessions(visit, account)
    return account_of(visit, account.id)


def give_new_password(visit: Visit, account: Account, act: Act) -> str:
    """Another password, told this once; a lock and all sessions end.

    Whoever gives it could log in with it, so nothing is signed until the owner proves to be the owner, or another admin confirms
    it. An account whose first password was never changed has nobody yet to be taken for.
    """
    password = new_password()
    is_nobodys = account.given and account.reset_by is None and account.external is None
    by = None if is_nobodys else unproved_since(account, visit.who.account.id)
    changed = replace(account, password=visit.server.passwords.hash(password), given=True, reset_by=by)
    visit.server.store.change_account(account, changed, act)
    visit.server.store.unlock(account.id)
    _end_sessions(visit, account)
    return password


def take_second_factor_away(visit: Visit, account: Account, act: Act) -> Account:
    """For a telephone that was lost: it, and the codes on paper, are worth nothing, and signing waits as after a new password."""
    changed = replace(account, totp=None, recovery=frozenset(), reset_by=unproved_since(account, visit.who.account.id))
    visit.server.store.change_account(account, changed, act)
    _end_sessions(visit, account)
    return account_of(visit, account.id)


def unproved_since(account: Account, by: str) -> str:
    """All who could have come in as its owner since the owner last proved it: what one gave stays when another gives more."""
    return " ".join(dict.fromkeys([*(account.reset_by or "").split(), by]))


def may_confirm(visit: Visit, account: Account) -> bool:
    """True when this admin may say that an account is its owner's again: none of those who took it, nor whose own was taken.

    Not while its only way in is a password that somebody else gave: who gave it could still come in with it.
    """
    own = visit.server.store.account(visit.who.account.id)
    return (
        account.reset_by is not None
        and not (account.given and account.external is None)
        and own is not None
        and own.reset_by is None
        and own.id not in (account.id, *account.reset_by.split())
    )


def confirm_owner(visit: Visit, account: Account, act: Act) -> Account:
    """Another admin has seen that the owner has the account: it signs again. Raises Problem where this admin may not say so.

    Its owner comes from the provider then where the password is one that somebody else gave, which is worth nothing from now on.
    """
    if not may_confirm(visit, account):
        raise not_allowed()
    why = "; ".join(each for each in ("another administrator confirmed the owner", act.reason) if each)
    owned = replace(without_given_password(account), reset_by=None)
    visit.server.store.change_account(account, owned, replace(act, reason=why))
    if account.given:
        _end_sessions(visit, account)
    return account_of(visit, account.id)


def without_given_password(account: Account) -> Account:
    """The same account, where a password that somebody else gave, and has read, lets nobody in."""
    return replace(account, password="", given=False) if account.given else account


def change_own_password(visit: Visit, present: str, new: str) -> Said | None:
    """Another password for who is signed in; all other sessions end. Gives what is wrong, None when it is done."""
    server, account = visit.server, visit.who.account
    wrong = what_is_wrong_with(new, account.login)
    if wrong is None and present == new:
        wrong = said("The new password is the present one.")
    if wrong is None and not server.signing_in.is_password_of(visit.who, present):
        wrong = WRONG_PASSWORD
    if wrong is not None:
        return wrong
    act = Act(visit.who.who, server.clock.now(), "own password changed")
    # As it was when the present password was looked at: one that an admin gave meanwhile stays.
    server.store.change_account(account, replace(account, password=server.passwords.hash(new), given=False), act)
    server.store.close_sessions(account.id, but=visit.who.session.token)
    return None


def unlock(visit: Visit, account: Account, act: Act) -> Account:
    """The lock after wrong passwords ends."""
    visit.server.store.unlock(account.id)
    visit.server.store.note(UNLOCKED, {"account": account.id}, act)
    return account_of(visit, account.id)


def _end_sessions(visit: Visit, account: Account) -> None:
    own = visit.who.session.token if account.id == visit.who.account.id else None
    visit.server.store.close_sessions(account.id, but=own)


def new_account_id() -> str:
    """An id for an account: it is never used again, and says nothing about the person."""
    return secrets.token_hex(8)
