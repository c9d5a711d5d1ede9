"""A protocol as an ODM file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from scheduler.errors import InvalidText
from scheduler.findings import has_errors
from scheduler.folder.reading.files import write_whole
from scheduler.folder.reading.shelf import Shelf
from scheduler.standards.odm.study import odm_of


def export_odm_file(protocol: Path, out: Path, made: datetime, program_version: str) -> int:
    """Write a protocol as ODM 2.0, and give the number of its study events. Raises InvalidText where it has errors."""
    shelf = Shelf()
    version = shelf.protocol(protocol)
    if version is None or has_errors(shelf.findings):
        raise InvalidText(shelf.findings)
    text = odm_of(version, made, program_version)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_whole(out, text.encode("utf-8"))
    return text.count("<StudyEventDef ")
