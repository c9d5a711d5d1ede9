"""What of a cohort has been written: a record for each part, so that a run goes on where another was broken off.

A part's record is written when all of its files are, and says by which logs, texts and program they came out so. Files that no
record names are what a killed run left behind: nobody reads them, and the next run removes them.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Severity

if sys.platform != "win32":
    import fcntl

MANIFEST = "manifest"
"""The folder of the records, by study."""
COHORT = "cohort.json"
"""What a study's parts have in common, beside their records."""


@dataclass(frozen=True, slots=True)
class Written:
    """One file of a part, by its path in the cohort's folder."""

    path: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PartRecord:
    """A part that is whole: patients of one site, from the first number to the last.

    ``digest`` covers the heads of their logs, the protocol and site texts, the program and what was asked for. ``computed`` are
    the different calendars that they have between them. ``early`` and ``late`` are how many days before the end of its window,
    and after it, anything to do stands at most: so far around a day is looked for what closes then.
    """

    part: str
    site: str
    first: str
    last: str
    patients: int
    computed: int
    digest: str
    early: int
    late: int
    files: tuple[Written, ...]

    @property
    def rows(self) -> int:
        """The rows of all its files."""
        return sum(each.rows for each in self.files)

    @property
    def bytes(self) -> int:
        """The bytes of all its files."""
        return sum(each.bytes for each in self.files)

    def is_there(self, out: Path) -> bool:
        """True where all of its files are, in their length."""
        return all(_length(out / each.path) == each.bytes for each in self.files)


def _length(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def folder_of(out: Path, study: str) -> Path:
    """Where a study's records are."""
    return out / MANIFEST / in_path("study", study)


def in_path(name: str, value: str) -> str:
    """A folder as data sets in Parquet are divided into: study=REGO-TORI-RT."""
    return f"{name}={quote(value, safe=' ')}"


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """While this lasts, no other run writes a study's records there. Raises InvalidText where one does already.

    The system knows who has the folder, and forgets it when that process ends, however it ends: nothing is left behind to take
    away. Where it cannot know (Windows), nobody is refused.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = "another run is writing this study's data sets into the same folder; nothing was written"
            hint = "wait until it has ended, or give another folder with --out"
            raise InvalidText([Finding("cohort-busy", Severity.ERROR, message, hint)]) from None
        yield
    finally:
        os.close(handle)


def cohort_in(folder: Path) -> Mapping[str, Any]:
    """What a study's parts have in common, and how its patients were divided; empty where nothing was begun."""
    try:
        said: dict[str, Any] = json.loads((folder / COHORT).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return said


def records_in(folder: Path) -> Iterator[PartRecord]:
    """All records of a study; none where nothing was written yet."""
    for path in sorted(folder.glob("part-*.json")):
        record = record_at(path)
        if record is not None:
            yield record


def record_at(path: Path) -> PartRecord | None:
    """One record; None where there is none that can be read: then its part is written anew."""
    try:
        said = json.loads(path.read_text("utf-8"))
        files = tuple(Written(**each) for each in said.pop("files"))
        return PartRecord(**said, files=files)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def keep_record(folder: Path, record: PartRecord) -> None:
    """Put a part's record in its place, all of it or nothing."""
    keep_json(folder / f"{record.part}.json", asdict(record))


def keep_json(path: Path, said: Mapping[str, object]) -> None:
    """Put a file of JSON in its place, all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with put_in_place(path) as unfinished:
        unfinished.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")


@contextmanager
def put_in_place(path: Path) -> Iterator[Path]:
    """A file beside that path, which takes its place when all of it was written."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield unfinished
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def digest_of_file(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
