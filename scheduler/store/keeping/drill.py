"""The drill: a backup is restored into a scratch database and held against itself and the study.

A backup that nobody restored is a hope. What is proved: the file can be read; its chain is whole before and after; each table has
as many rows as the file; the study's texts compile and every patient's log can be read; the last record is the same; and the
study that it was made of still has that record.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Severity
from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from scheduler.store.restoring import restore_into
from scheduler.store.study import study_of
from scheduler.store.tables import KEPT
from scheduler.store.values import Head
from scheduler.store.verifying import verify


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the drill: what the backup says, what came out of it, and what the study says now, where it was asked.

    ``same`` is False where the backup and what came out differ, or the study has not what the backup has.
    """

    what: str
    backup: str | None
    restored: str | None
    study: str | None
    same: bool


@dataclass(frozen=True, slots=True)
class Drill:
    """What came of it. ``findings`` is empty when the backup is good."""

    compared: tuple[Compared, ...]
    findings: tuple[Finding, ...]


def drill(file: Path, scratch: str | Path, study: Store | None = None, *, now: datetime | None = None) -> Drill:
    """Restore that backup into an empty database and compare. The file is only read; what is restored stays there.

    Raises Refused where the scratch database holds a study, StoreUnavailable where the file cannot be read.
    """
    found = restore_into(file, scratch)
    if found.findings:
        return Drill((), found.findings)
    in_file, last = _counts_of_file(file), found.head
    store = open_store(scratch, make=False)
    try:
        again = verify(store, [last], now=now)
        counted = _counts(store)
        patients, events = _read_whole(store)
    except InvalidText as error:
        return Drill((), tuple(error.findings))
    finally:
        store.close()
    live, live_head = (_counts(study), study.head()) if study is not None else ({}, None)
    compared = [
        Compared(
            f"rows of {table}",
            _text(in_file[table]),
            _text(counted[table]),
            _text(live.get(table)),
            in_file[table] in (None, counted[table]),
        )
        for table in counted
    ]
    compared.append(Compared("patients read", None, str(patients), None, True))
    compared.append(Compared("events read", None, str(events), None, True))
    compared.append(Compared("chain", "whole", "whole" if not again.findings else "broken", None, not again.findings))
    compared.append(_heads(last, again.head, live_head, study))
    differ = tuple(_differs(each) for each in compared if not each.same)
    return Drill(tuple(compared), (*again.findings, *differ))


def too_old(made: datetime, now: datetime, oldest: timedelta) -> Iterator[Finding]:
    """A finding where a backup is older than the schedule allows: then nobody makes them any more."""
    if now - made > oldest:
        message = f"the newest backup was made {_age(now - made)} ago"
        yield Finding("backup-old", Severity.ERROR, message, "see why the schedule has stopped")


def _age(lasted: timedelta) -> str:
    hours = int(lasted.total_seconds() // 3600)
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"


def _heads(backup: Head, restored: Head, live: Head | None, study: Store | None) -> Compared:
    there = study is None or live is None or backup.number == 0 or _has(study, backup)
    said = None if live is None else f"{_short(live)}{'' if there else ', without it'}"
    return Compared("last record", _short(backup), _short(restored), said, backup == restored and there)


def _has(study: Store, head: Head) -> bool:
    """Whether the study still has the record that the backup ends with."""
    record = next(iter(study.records(after=head.number - 1)), None)
    return record is not None and (record.number, record.hash) == (head.number, head.hash)


def _short(head: Head) -> str:
    return f"{head.number}:{head.hash[:12]}"


def _differs(compared: Compared) -> Finding:
    message = f"{compared.what}: the backup has {compared.backup}, the restored database {compared.restored}"
    if compared.study is not None:
        message += f", the study {compared.study}"
    return Finding(
        "drill-differs", Severity.ERROR, message, "keep the file and the study as they are, and compare them"
    )


def _text(count: int | None) -> str | None:
    return None if count is None else str(count)


def _counts(store: Store) -> dict[str, int]:
    with store.at_one_moment() as snapshot:
        return {table.name: sum(1 for _ in snapshot.rows(table.name)) for table in KEPT}


def _counts_of_file(file: Path) -> Mapping[str, int | None]:
    """How many rows the file itself has; None for a table that the release which made it did not know."""
    address = f"file:{quote(str(file.absolute()))}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
        there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return {
            table.name: connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]
            if table.name in there
            else None
            for table in KEPT
        }


def _read_whole(store: Store) -> tuple[int, int]:
    """How many patients and events there are, when the study's texts were read and every log with them."""
    source = store.study()
    if source is not None:
        study_of(source)
    logs = store.logs([each.subject for each in store.subjects()])
    return len(store.subjects()), sum(log.length for log in logs.values())
