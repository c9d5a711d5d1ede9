"""Who may see which records of the audit trail: each is held against what it is about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from scheduler.store.beside.site_log import STOCK_KINDS
from scheduler.store.values import Account, Kind, Record
from scheduler.web.guards.requests import Visit
from scheduler.web.guards.roles import Role
from scheduler.web.prints import ALL_SITES, BETWEEN_SITES, PRINTED

_OPEN_TO_ALL = frozenset({Kind.STUDY_MADE, Kind.PROTOCOL_ADDED, Kind.CLOCK_JUMPED, Kind.CLOCK_CONFIRMED})
_OF_A_SITE = frozenset({Kind.SITE_ADDED, Kind.LINK_MADE, Kind.LINK_REVOKED, *STOCK_KINDS})
_SEES_ACCOUNTS = frozenset({Role.ADMIN, Role.MONITOR})


def seen_by(visit: Visit, records: Iterable[Record]) -> Iterator[Record]:
    """What a person may see: what is about patients and sites of the own, what all share, and what befell the own account."""
    account = visit.who.account
    numbers = frozenset(each.subject for each in visit.subjects())
    everything = sees_everything(account)
    for each in records:
        if each.subject in numbers if each.subject is not None else everything or _is_about(account, numbers, each):
            yield each


def sees_everything(account: Account) -> bool:
    """True when no record is kept from that account."""
    return account.role in _SEES_ACCOUNTS and account.sites is None


def _is_about(account: Account, numbers: frozenset[str], record: Record) -> bool:
    """True when a record that is about no single patient is about what this account may see; False where nothing says so."""
    if record.kind in _OPEN_TO_ALL:
        return True
    said = _said(record)
    if record.kind in _OF_A_SITE:
        return account.may_see(said.get("site"))
    if record.kind == PRINTED:
        sites = str(said.get("sites")).split(BETWEEN_SITES)
        ours = account.sites is None or (sites != [ALL_SITES] and all(map(account.may_see, sites)))
        return ours and numbers >= dict(said.get("lengths") or {}).keys()
    if record.kind == Kind.FILE_IMPORTED:
        return numbers >= frozenset(said.get("subjects") or ())
    return said.get("account") == account.id


def _said(record: Record) -> dict[str, Any]:
    try:
        said = json.loads(record.body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def fits(record: Record, who: str, kind: str) -> bool:
    """True when these letters are in the name of who did it and in the kind of what was done."""
    wanted = who.strip().casefold()
    return wanted in record.who.name.casefold() and kind.strip().casefold() in record.kind.casefold()
