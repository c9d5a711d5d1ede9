"""The audit trail as a list: who did what, when and why, in the order of recording."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from scheduler.said import said, text_of
from scheduler.store.values import Record
from scheduler.views.table import Cell, Table

COLUMNS = (
    "number",
    "recorded (UTC)",
    "who",
    "name",
    "role",
    "subject",
    "event",
    "what",
    "on",
    "says",
    "why",
    "signed",
    "instead of",
    "hash",
)


_TITLE = text_of(said("Audit trail"))


def table_of_records(records: Iterable[Record], title: str = _TITLE) -> Table:
    """One row for each record, for a screen, a page, a workbook or paper. ``instead of`` is the event that it supersedes."""
    return Table(title, COLUMNS, tuple(map(_row, records)))


def _row(record: Record) -> tuple[Cell, ...]:
    return (
        record.number,
        _moment(record),
        record.who.id,
        record.who.name,
        record.who.role,
        record.subject,
        record.event,
        record.kind,
        record.on,
        _says(record),
        record.reason,
        record.signed,
        record.supersedes,
        record.hash,
    )


def _moment(record: Record) -> str:
    return record.at.strftime("%Y-%m-%d %H:%M:%S")


def _says(record: Record) -> str:
    """What the record says beside what has a column of its own: "treatment: regorafenib, level: -1"."""
    try:
        said = json.loads(record.body)
    except ValueError:
        return record.body
    shown = {key: value for key, value in said.items() if key not in _TOLD} if isinstance(said, dict) else {}
    return ", ".join(f"{key}: {_text(value)}" for key, value in shown.items() if value not in (None, {}))


_TOLD = {"on", "event", "recorded", "reason"}


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def lines_of_records(records: Iterable[Record]) -> Iterator[str]:
    """One line of JSON for each record with all that it holds: who has these can verify the chain without this program.

    The hash is the SHA-256 of ``scheduler.store.chain.hash_of``, whose text tells how.
    """
    for record in records:
        data = asdict(record)
        data["at"] = record.at.isoformat(timespec="microseconds").replace("+00:00", "Z")
        data["on"] = None if record.on is None else record.on.isoformat()
        yield json.dumps(data, ensure_ascii=False) + "\n"
