"""A study's folder from a USDM file: the protocol, a site, and the report of every part of the file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from scheduler.errors import InvalidText, Refused
from scheduler.exports.tables.csv import table_as_csv
from scheduler.findings import Finding, Severity
from scheduler.folder.reading.files import name_of, write_whole
from scheduler.protocol.parse import parse_protocol
from scheduler.standards.usdm.importing import Design, read_design, to_ask
from scheduler.standards.usdm.protocol_text import protocol_text
from scheduler.standards.usdm.report import Report

LARGEST = 200_000_000
"""Bytes of a file that is read."""

SITE = """site: Site 1                     # choice: the site's name
zone: UTC                        # choice: the time zone of its dates, such as Europe/Berlin
# public holidays: DE            # choice: the country
weekdays: Monday to Friday       # choice: the days of the week on which it works
"""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was written: the files, the report, and what is to ask."""

    files: tuple[str, ...]
    report: Report
    findings: tuple[Finding, ...]


def import_usdm_file(file: Path, out: Path) -> Imported:
    """Write ``protocol.yaml``, ``site.yaml``, ``report.csv`` and ``report.txt`` into a new or empty folder.

    Raises Refused where the folder holds something, and InvalidText where the file is no USDM that can be read.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Refused(
            [Finding("folder-not-empty", Severity.ERROR, f"{name_of(out)} is not empty", "name a new folder")]
        )
    design = _design(file)
    text = protocol_text(design)
    try:
        _, found = parse_protocol(text, name="protocol.yaml")
    except InvalidText as error:
        found = tuple(error.findings)
    table = design.report.table(design.study)
    files = {
        "protocol.yaml": text,
        "site.yaml": SITE,
        "report.csv": table_as_csv(table),
        "report.txt": design.report.text(design.study),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_whole(out / name, content.encode("utf-8"))
    errors = [each for each in found if each.severity is Severity.ERROR]
    return Imported(tuple(files), design.report, (*errors, *to_ask(design)))


def _design(file: Path) -> Design:
    try:
        if file.stat().st_size > LARGEST:
            raise _not_read(file, "is too large")
        content = json.loads(file.read_bytes())
    except OSError as error:
        raise _not_read(file, f"cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise _not_read(file, "is not JSON") from None
    design = read_design(content, file.name)
    if isinstance(design, Finding):
        raise InvalidText([design])
    return design


def _not_read(file: Path, why: str) -> InvalidText:
    return InvalidText([Finding("usdm-not-read", Severity.ERROR, f"{name_of(file)} {why}", "give a USDM file in JSON")])
