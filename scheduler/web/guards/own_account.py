"""What somebody does about the own account: codes on paper, a telephone, sessions elsewhere; and what comes before all else."""

from __future__ import annotations

from dataclasses import replace

from scheduler.said import Said, said
from scheduler.store.values import Account, Act, Session
from scheduler.web.guards.account_rules import WRONG_PASSWORD
from scheduler.web.guards.requests import Visit
from scheduler.web.guards.second_factor import digest_of_code, is_secret, new_recovery_codes
from scheduler.web.problems import own_account_first, signing_locked


def give_recovery_codes(visit: Visit, password: str) -> tuple[str, ...] | Said:
    """New codes for paper, told this once, instead of all earlier ones; or what is wrong."""
    server, account = visit.server, _owned(visit)
    if not server.signing_in.is_password_of(visit.who, password):
        return WRONG_PASSWORD
    codes = new_recovery_codes()
    changed = replace(account, recovery=frozenset(map(digest_of_code, codes)))
    server.store.change_account(account, changed, _act(visit, "own recovery codes made"))
    return codes


def set_second_factor(visit: Visit, password: str, secret: str, code: str) -> Said | None:
    """The telephone that makes codes from that secret is the account's from now on. Gives what is wrong, None when it is done."""
    server, account = visit.server, _owned(visit)
    if not is_secret(secret) or not server.signing_in.is_new_code(visit.who, secret, code):
        return said(
            "The code is not the one of this moment. See that the telephone has the right time, and try the next one."
        )
    if not server.signing_in.is_password_of(visit.who, password):
        return WRONG_PASSWORD
    server.store.change_account(account, replace(account, totp=secret), _act(visit, "own second factor set up"))
    return None


def end_session(visit: Visit, id: str) -> None:
    """End one of the own sessions, or all but this one where no other is named."""
    server, account = visit.server, visit.who.account
    if id == "all":
        server.store.close_sessions(account.id, but=visit.who.session.token)
        return
    for each in own_sessions(visit):
        if each.id == id:
            server.store.close_session(each.token)


def own_sessions(visit: Visit) -> tuple[Session, ...]:
    """The own sessions that have not ended, the newest first."""
    now = visit.server.clock.now()
    return tuple(each for each in visit.server.store.sessions_of(visit.who.account.id) if now < each.expires)


def _owned(visit: Visit) -> Account:
    """The own account as it stands. Raises Problem while it is not sure whose it is: what is made now would prove nothing.

    So too while the password is one that somebody else gave, and could log in with.
    """
    account = visit.server.store.account(visit.who.account.id) or visit.who.account
    if account.given:
        raise own_account_first()
    if account.reset_by is not None:
        raise signing_locked()
    return account


def _act(visit: Visit, reason: str) -> Act:
    return Act(visit.who.who, visit.server.clock.now(), reason)
