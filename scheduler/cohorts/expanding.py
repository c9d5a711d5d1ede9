"""One part of a cohort, from its logs to its files: what each worker does, on whichever machine it is."""

from __future__ import annotations

import hashlib
import json
import resource
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.cohorts.manifest import (
    PartRecord,
    Written,
    digest_of_file,
    folder_of,
    in_path,
    keep_record,
    put_in_place,
    record_at,
)
from scheduler.cohorts.rows import reach_of
from scheduler.cohorts.schema import VERSION, DataSet
from scheduler.cohorts.shared_calendars import Cohort
from scheduler.cohorts.sources import Source
from scheduler.cohorts.tables import tables_of
from scheduler.cohorts.told import head_of
from scheduler.errors import InvalidText
from scheduler.findings import Finding
from scheduler.folder.reading.many import many_calendars
from scheduler.store.study import study_of
from scheduler.store.values import StudySource

if TYPE_CHECKING:
    import pyarrow as pa

_SEARCHED = ("subject", "date", "window_first", "window_last", "status", "to_do")
"""By what rows are looked for: of these, files say their lowest and highest value."""


@dataclass(frozen=True, slots=True)
class Task:
    """A part to be written, with all that a worker needs for it.

    ``engine`` is the program, ``name`` the study's. ``on`` is the day of the ledger and of exposure, if any.
    """

    part: str
    source: Source = field(repr=False)
    texts: StudySource = field(repr=False)
    name: str
    site: str | None
    folder: str
    first: str
    subjects: tuple[str, ...] = field(repr=False)
    out: Path
    data_sets: frozenset[DataSet]
    engine: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a part. ``record`` is None where a log has errors, which are the ``findings``.

    ``unchanged``: it was there already. ``memory`` is the most that its process has had so far, in bytes.
    """

    part: str
    record: PartRecord | None
    unchanged: bool = False
    findings: tuple[Finding, ...] = ()
    memory: int = 0


def expand_part(task: Task) -> Done:
    """Write one part, or leave it as it is where its logs, texts and program are those that it was written by."""
    told = task.source.read(task.site, task.subjects)
    digest = _digest(task, head_of(told))
    manifest = folder_of(task.out, task.name)
    before = record_at(manifest / f"{task.part}.json")
    if before is not None and before.digest == digest and before.is_there(task.out):
        return Done(task.part, before, unchanged=True, memory=_memory())
    try:
        with many_calendars():
            groups = list(_cohort(task.texts, task.data_sets, task.on, task.source.reviewed).shared(told))
    except InvalidText as error:
        return Done(task.part, None, findings=error.findings, memory=_memory())
    files = tuple(
        _written(task, data_set, month, digest, table)
        for data_set in sorted(task.data_sets)
        for month, table in tables_of(data_set, groups)
    )
    reach = [reach_of(group.rows.get(DataSet.CALENDARS, ())) for group in groups]
    record = PartRecord(
        part=task.part,
        site=task.folder,
        first=task.first,
        last=told[-1].subject if told else "",
        patients=len(told),
        computed=len(groups),
        digest=digest,
        early=max((early for early, _ in reach), default=0),
        late=max((late for _, late in reach), default=0),
        files=files,
    )
    keep_record(manifest, record)
    if before is not None:
        _remove(task.out, {each.path for each in before.files} - {each.path for each in files})
    return Done(task.part, record, memory=_memory())


@lru_cache(maxsize=2)
def _cohort(texts: StudySource, data_sets: frozenset[DataSet], on: date | None, reviewed: bool) -> Cohort:
    """The compiled texts, kept from part to part."""
    return Cohort(study_of(texts), data_sets, on, reviewed)


def _digest(task: Task, head: str) -> str:
    """All that the part's files hang on."""
    said = [
        VERSION,
        task.engine,
        sorted(task.data_sets),
        str(task.on),
        [each.digest for each in task.texts.protocols],
        [(each.name, each.text, each.holidays) for each in task.texts.sites],
        head,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _written(task: Task, data_set: DataSet, month: str, digest: str, table: pa.Table) -> Written:
    import pyarrow.parquet as pq

    folders = (data_set.value, in_path("study", task.name), in_path("site", task.folder), in_path("month", month))
    path = Path(*folders, f"{task.part}-{digest[:16]}.parquet")
    place = task.out / path
    place.parent.mkdir(parents=True, exist_ok=True)
    with put_in_place(place) as unfinished:
        known = [name for name in _SEARCHED if name in table.column_names]
        pq.write_table(table, unfinished, compression="zstd", compression_level=1, write_statistics=known)
        found = Written(path.as_posix(), len(table), unfinished.stat().st_size, digest_of_file(unfinished))
    return found


def _remove(out: Path, paths: Iterable[str]) -> None:
    for path in paths:
        (out / path).unlink(missing_ok=True)


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
