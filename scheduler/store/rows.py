"""Rows of the tables as values, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy.engine import RowMapping

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity
from scheduler.patient.events import ANY_EVENT, Event
from scheduler.patient.log import Log
from scheduler.patient.log import Record as LogRecord
from scheduler.store.chain import moment_text
from scheduler.store.values import Account, Link, Record, Session, Who

Row: TypeAlias = "Mapping[Any, Any] | RowMapping"


def record_of(row: Row) -> Record:
    """A record."""
    return Record(
        number=row["number"],
        at=row["at"],
        on=row["on_day"],
        who=Who(row["who_id"], row["who_name"], row["who_role"]),
        subject=row["subject"],
        event=row["event"],
        kind=row["kind"],
        body=row["body"],
        reason=row["reason"],
        signed=row["signed"],
        supersedes=row["supersedes"],
        protocol=row["protocol"],
        engine=row["engine"],
        previous=row["previous"],
        hash=row["hash"],
    )


def row_of_record(record: Record) -> dict[str, Any]:
    """A record's row."""
    return {
        "number": record.number,
        "at": record.at,
        "on_day": record.on,
        "who_id": record.who.id,
        "who_name": record.who.name,
        "who_role": record.who.role,
        "subject": record.subject,
        "event": record.event,
        "kind": record.kind,
        "body": record.body,
        "reason": record.reason,
        "signed": record.signed,
        "supersedes": record.supersedes,
        "protocol": record.protocol,
        "engine": record.engine,
        "previous": record.previous,
        "hash": record.hash,
    }


def as_kept(row: Row, *, moments: Sequence[str], days: Sequence[str] = ()) -> dict[str, Any]:
    """A row whose moments and days are the texts that they are kept as, with these read.

    Raises ValueError where one is none, or is not spelled as the program spells it.
    """
    read: dict[str, Any] = dict(row)
    for name in (name for name in moments if row[name] is not None):
        read[name] = datetime.fromisoformat(row[name])
        if moment_text(read[name]) != row[name]:
            raise ValueError(name)
    for name in (name for name in days if row[name] is not None):
        read[name] = date.fromisoformat(row[name])
        if read[name].isoformat() != row[name]:
            raise ValueError(name)
    return read


def can_be_kept(text: str) -> bool:
    """False for a text that not every database can keep, or be asked for: nothing of that name is there."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def log_of_rows(rows: Iterable[tuple[str, int, str]]) -> Log:
    """A subject's log, from its events' subject, number and text, in order. Raises InvalidText where one cannot be read."""
    return Log(tuple(LogRecord(number, event_of(subject, number, body)) for subject, number, body in rows))


def event_of(subject: str, number: int, body: str) -> Event:
    """An event from its canonical text."""
    try:
        return ANY_EVENT.validate_json(body)
    except ValueError:
        message = f"event {number} of {subject} is not an event that this release of the program knows"
        hint = "run 'scheduler audit verify'; if nothing was tampered with, a newer release recorded it"
        place = Place(subject, number, 1)
        raise InvalidText([Finding("unreadable-record", Severity.ERROR, message, hint, place)]) from None


def account_of_row(row: Row) -> Account:
    """An account."""
    sites = row["sites"]
    return Account(
        id=row["id"],
        login=row["login"],
        name=row["name"],
        role=row["role"],
        password=row["password"],
        sites=None if sites is None else frozenset(json.loads(sites)),
        disabled=row["disabled"],
        language=row["language"],
        keys=row["keys"],
        given=row["given"],
        reset_by=row["reset_by"],
        totp=row["totp"],
        recovery=frozenset(json.loads(row["recovery"])),
        external=row["external"],
    )


def row_of_account(account: Account) -> dict[str, Any]:
    """An account's row, without its language and keys, which the person says alone."""
    return {
        "id": account.id,
        "login": account.login,
        "login_folded": folded(account.login),
        "name": account.name,
        "role": account.role,
        "password": account.password,
        "sites": None if account.sites is None else json.dumps(sorted(account.sites), ensure_ascii=False),
        "disabled": account.disabled,
        "given": account.given,
        "reset_by": account.reset_by,
        "totp": account.totp,
        "recovery": json.dumps(sorted(account.recovery)),
        "external": account.external,
    }


def folded(login: str) -> str:
    """A login without its capitals."""
    return login.strip().casefold()


def session_of_row(row: Row) -> Session:
    """A session."""
    return Session(row["token"], row["account"], row["created"], row["seen"], row["expires"])


def link_of_row(row: Row) -> Link:
    """A feed link."""
    return Link(**{key: row[key] for key in _LINK})


def row_of_link(link: Link) -> dict[str, Any]:
    """A feed link's row."""
    return {key: getattr(link, key) for key in _LINK}


_LINK = tuple(Link.__dataclass_fields__)
