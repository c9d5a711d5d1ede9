"""Who may see which records of the audit trail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.store.values import Account, Kind, Record
from scheduler.web.guards.requests import Visit
from scheduler.web.guards.roles import Role
from scheduler.web.prints import PRINTED

_OPEN_TO_ALL = frozenset({Kind.STUDY_MADE, Kind.PROTOCOL_ADDED, Kind.SITE_ADDED, PRINTED})
_SEES_ACCOUNTS = frozenset({Role.ADMIN, Role.MONITOR})


def seen_by(visit: Visit, records: Iterable[Record]) -> Iterator[Record]:
    """What a person may see: the patients of the own sites; of the study what all share; of accounts what is theirs to watch."""
    numbers = {each.subject for each in visit.subjects()}
    everything = sees_everything(visit.who.account)
    for each in records:
        if each.subject in numbers if each.subject is not None else everything or each.kind in _OPEN_TO_ALL:
            yield each


def sees_everything(account: Account) -> bool:
    """True when no record is kept from that account."""
    return account.role in _SEES_ACCOUNTS and account.sites is None


def fits(record: Record, who: str, kind: str) -> bool:
    """True when these letters are in the name of who did it and in the kind of what was done."""
    wanted = who.strip().casefold()
    return wanted in record.who.name.casefold() and kind.strip().casefold() in record.kind
