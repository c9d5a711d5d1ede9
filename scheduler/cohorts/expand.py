"""A whole cohort: divided into parts, each written once, by as many workers as there are."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import metadata
from pathlib import Path

import scheduler
from scheduler.cohorts.expanding import Done, Task, expand_part
from scheduler.cohorts.extra import refuse_without_extra
from scheduler.cohorts.manifest import (
    COHORT,
    PartRecord,
    alone_in,
    cohort_in,
    folder_of,
    in_path,
    keep_json,
    records_in,
)
from scheduler.cohorts.parts import divided, part_of
from scheduler.cohorts.schema import VERSION, DataSet
from scheduler.cohorts.sources import NO_SITE, Source
from scheduler.errors import InvalidText
from scheduler.findings import Finding
from scheduler.site.site import EVERY_DAY, Site
from scheduler.store.study import Study, study_of

PART_SIZE = 2000
"""How many patients a part has, where nobody says another number."""

ALL = frozenset(DataSet)

Run = Callable[[Sequence[Task]], Iterable[Done]]
"""Does the tasks in any order, and gives what became of each as soon as it is known."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work has come: so many parts of so many, and what is in those that are done."""

    done: int
    parts: int
    patients: int

    def __str__(self) -> str:
        return f"{self.done} of {self.parts} parts, {self.patients} patients"


@dataclass(slots=True)
class Expanded:
    """What was written, and what was there already."""

    parts: int = 0
    unchanged: int = 0
    patients: int = 0
    computed: int = 0
    rows: int = 0
    bytes: int = 0
    memory: int = 0
    early: int = 0
    late: int = 0
    by_data_set: dict[str, int] = field(default_factory=dict)

    def add(self, done: Done, record: PartRecord) -> None:
        """One part more."""
        self.parts += 1
        self.unchanged += done.unchanged
        self.patients += record.patients
        self.computed += 0 if done.unchanged else record.computed
        self.rows += record.rows
        self.bytes += record.bytes
        self.memory = max(self.memory, done.memory)
        self.early, self.late = max(self.early, record.early), max(self.late, record.late)
        for each in record.files:
            data_set = each.path.partition("/")[0]
            self.by_data_set[data_set] = self.by_data_set.get(data_set, 0) + each.rows


def in_this_process(tasks: Sequence[Task]) -> Iterator[Done]:
    """One after the other, without any worker."""
    yield from map(expand_part, tasks)


def expand(
    source: Source,
    out: Path,
    run: Run = in_this_process,
    *,
    data_sets: frozenset[DataSet] = ALL,
    on: date | None = None,
    size: int = PART_SIZE,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Expanded:
    """Write a source's data sets into a folder, or what of them has changed since they were written there.

    ``on`` is the day of the ledger of deviations and the last day of exposure; without it both go by the log alone.
    Raises InvalidText with the findings of all logs that contradict themselves: their parts are not written, and those that
    were written before stay as they were. Raises it too where another run is writing the same study there.
    """
    refuse_without_extra()
    texts = source.study()
    study = study_of(texts)
    name = study.newest.study
    manifest = folder_of(out, name)
    with alone_in(manifest):
        tasks = list(_tasks(source, study, out, data_sets, on, size))
        about = _about(study, data_sets, on, tasks)
        keep_json(manifest / COHORT, about | {"complete": False})
        found, findings = Expanded(), list[Finding]()
        for done in run(tasks):
            findings += done.findings
            if done.record is not None:
                found.add(done, done.record)
            tell(Progress(found.parts, len(tasks), found.patients))
        if findings:
            raise InvalidText(findings)
        _sweep(out, name, {task.part for task in tasks})
        keep_json(manifest / COHORT, about | {"complete": True, "early": found.early, "late": found.late})
    return found


def _tasks(
    source: Source, study: Study, out: Path, data_sets: frozenset[DataSet], on: date | None, size: int
) -> Iterator[Task]:
    name = study.newest.study
    begun: dict[str, list[str]] = {}
    for part in cohort_in(folder_of(out, name)).get("parts", ()):
        begun.setdefault(part["site"], []).append(part["first"])
    for site, subjects in source.subjects().items():
        folder = site or NO_SITE
        for first, members in divided(subjects, size, begun.get(folder, ())):
            yield Task(
                part=part_of(name, folder, first),
                source=source.part(site, members),
                texts=source.study(),
                name=name,
                site=site,
                folder=folder,
                first=first,
                subjects=tuple(members),
                out=out.absolute(),
                data_sets=data_sets,
                engine=engine(),
                on=on,
            )


def _about(study: Study, data_sets: frozenset[DataSet], on: date | None, tasks: Sequence[Task]) -> dict[str, object]:
    """What a study's parts have in common, for people and for the views."""
    return {
        "schema": VERSION,
        "study": study.newest.study,
        "engine": engine(),
        "protocols": {each.version: each.digest for each in study.versions},
        "sites": [_about_site(each) for each in (study.sites or (EVERY_DAY,))],
        "on": str(on) if on is not None else None,
        "data sets": sorted(data_sets),
        "parts": [{"site": task.folder, "first": task.first} for task in tasks],
    }


def _about_site(site: Site) -> dict[str, object]:
    """What its resources can take, as far as the site says it."""
    can = {name: site.capacity_of(name) for name in sorted({*site.resources, *site.capacities})}
    return {
        "site": site.name,
        "zone": site.zone,
        "resources": [
            {"resource": name, "chairs": each.chairs, "patients": each.patients, "minutes": each.minutes}
            for name, each in can.items()
        ],
    }


def _sweep(out: Path, name: str, parts: set[str]) -> None:
    """Take away what is of no part any more, and what a killed run left behind."""
    manifest = folder_of(out, name)
    kept: set[Path] = set()
    for record in records_in(manifest):
        if record.part in parts:
            kept |= {out / each.path for each in record.files}
        else:
            (manifest / f"{record.part}.json").unlink()
    for data_set in DataSet:
        for path in (out / data_set.value / in_path("study", name)).glob("*/*/*part-*"):
            if path not in kept:
                path.unlink()


@cache
def engine() -> str:
    """The program: its version, and the digest of all its code, because a version that is being made changes every day."""
    root = Path(scheduler.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{metadata.version('scheduler')}+{digest.hexdigest()[:16]}"
