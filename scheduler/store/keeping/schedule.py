"""Backups on a schedule: each in a file that is named by its moment, and the older ones let go by a rule that keeps enough.

The newest of each of the last so many days, weeks and months that have one stays. Periods without a backup count for nothing:
where no backups were made for a while, or a clock was wrong, no old one is let go because of it. The newest always stays.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scheduler.errors import StoreUnavailable
from scheduler.store.interface import Store
from scheduler.store.values import Head

_NAME = re.compile(r"backup-(\d{8}T\d{6})Z\.db")
_FORM = "%Y%m%dT%H%M%S"
_LEFT_OVER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Retention:
    """Of how many days, weeks and months that have a backup the newest one stays."""

    days: int = 7
    weeks: int = 5
    months: int = 12


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made: its file, the head that it ends with, and the older files that were let go for it."""

    file: Path
    head: Head
    let_go: tuple[Path, ...]


def name_of(moment: datetime) -> str:
    """What the backup of that moment is called."""
    return f"backup-{moment.astimezone(UTC).strftime(_FORM)}Z.db"


def moment_of(name: str) -> datetime | None:
    """When the backup of that name was made (UTC); None for any other file."""
    found = _NAME.fullmatch(name)
    try:
        return None if found is None else datetime.strptime(found[1], _FORM).replace(tzinfo=UTC)
    except ValueError:
        return None


def backups_in(folder: Path) -> dict[datetime, Path]:
    """The backups of a schedule in that folder, the oldest first. Other files are nobody's business here."""
    try:
        found = {moment: file for file in folder.iterdir() if (moment := moment_of(file.name)) is not None}
    except OSError as error:
        message = f"the folder of backups {folder} cannot be read: {error.strerror}"
        raise StoreUnavailable("backup-not-written", message, "make it, for the server alone") from None
    return dict(sorted(found.items()))


def is_due(moments: Iterable[datetime], now: datetime, every: timedelta) -> bool:
    """Whether none was made within that time. One that says it was made later than now does not count."""
    return not any(now - every < each <= now for each in moments)


def to_let_go(moments: Iterable[datetime], retention: Retention) -> frozenset[datetime]:
    """Which backups the rule does not keep. Days, weeks (from Monday) and months are those of UTC."""
    newest_first = sorted(moments, reverse=True)
    stays = set(newest_first[:1])
    periods: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (retention.days, lambda each: each.date()),
        (retention.weeks, lambda each: each.isocalendar()[:2]),
        (retention.months, lambda each: (each.year, each.month)),
    )
    for many, period_of in periods:
        newest: dict[Hashable, datetime] = {}
        for moment in newest_first:
            newest.setdefault(period_of(moment), moment)
        stays |= set(list(newest.values())[:many])
    return frozenset(newest_first) - stays


def back_up(store: Store, folder: Path, now: datetime, retention: Retention) -> BackedUp:
    """Make a backup, and only when it is there let older ones go by the rule.

    Raises Refused where there is one of this very second, StoreUnavailable.
    """
    backups_in(folder)
    file = folder / name_of(now)
    head = store.backup(file)
    there = backups_in(folder)
    let_go = tuple(there[each] for each in sorted(to_let_go(there, retention)) if there[each] != file)
    try:
        for each in let_go:
            each.unlink(missing_ok=True)
        _sweep(folder, now)
    except OSError as error:
        message = f"an older backup cannot be let go: {error.strerror}"
        raise StoreUnavailable("backup-not-let-go", message, "see who may write to the folder") from None
    return BackedUp(file, head, let_go)


def _sweep(folder: Path, now: datetime) -> None:
    """Take away what was begun and never finished, because the program was killed."""
    for begun in folder.glob(".backup-*Z.db.*"):
        if begun.is_dir() and datetime.fromtimestamp(begun.stat().st_mtime, UTC) < now - _LEFT_OVER:
            shutil.rmtree(begun)
