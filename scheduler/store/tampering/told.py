"""What the records say of what is kept beside them: texts, keys, accounts, feed links, locks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from scheduler.findings import Finding, Severity
from scheduler.source.node import Data
from scheduler.store.chain import moment_text
from scheduler.store.values import Kind, Record

LOCKED = "account locked"
"""What the server notes when wrong passwords locked a source out of an account."""

_BEFORE_IT_WAS_TOLD: Mapping[str, Data] = {
    "given": False,
    "reset_by": None,
    "totp": None,
    "recovery": None,
    "external": None,
}
"""What holds of an account where the records of an older release say nothing."""


@dataclass(slots=True)
class Told:
    """What must be there."""

    cited: set[str] = field(default_factory=set)
    feed_key: str | None = None
    accounts: dict[str, dict[str, Data]] = field(default_factory=dict)
    links: dict[str, dict[str, Data]] = field(default_factory=dict)
    revoked: dict[str, datetime] = field(default_factory=dict)
    locked: set[tuple[str, str]] = field(default_factory=set)


def listen(record: Record, told: Told) -> None:
    """Take in what one record says."""
    body = _body(record)
    match record.kind:
        case Kind.STUDY_MADE:
            told.feed_key = body.get("feed_key")
        case Kind.PROTOCOL_ADDED | Kind.SITE_ADDED if record.subject is None:
            told.cited |= {str(body[name]) for name in ("text", "holidays") if body.get(name)}
        case Kind.ACCOUNT_MADE:
            told.accounts[str(body.get("account"))] = {**_BEFORE_IT_WAS_TOLD, **body}
        case Kind.ACCOUNT_CHANGED:
            _change(told, body)
        case Kind.LINK_MADE:
            made = record.at.isoformat()
            told.links[str(body.get("link"))] = {"created": made, **body}
        case Kind.LINK_REVOKED:
            told.revoked.setdefault(str(body.get("link")), record.at)
        case _:
            if record.kind == LOCKED:
                told.locked.add((str(body.get("account")), str(body.get("until"))))


def _change(told: Told, body: Mapping[str, Any]) -> None:
    account, changed = str(body.get("account")), body.get("changed")
    if isinstance(changed, dict):
        now = {key: each[-1] for key, each in changed.items() if isinstance(each, list) and each}
        told.accounts[account] = told.accounts.get(account, {}) | now


def _body(record: Record) -> dict[str, Any]:
    """What a record says; a body that was made unreadable has its finding in the chain."""
    if record.event is not None:
        return {}
    try:
        body = json.loads(record.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def locked_as_told(account: str, failed: int, until: datetime) -> dict[str, Data]:
    """How the log tells that a source was locked out."""
    return {"account": account, "wrong passwords": failed, "until": moment_text(until)}


def finding(code: str, message: str) -> Finding:
    """What was found, and what to do about it."""
    return Finding(code, Severity.ERROR, message, "keep the database as it is, and compare it with a backup")
