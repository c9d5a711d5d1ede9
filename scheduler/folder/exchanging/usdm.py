"""A study's folder from a USDM file: the protocol, a site, and the report of every part of the file."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from scheduler.errors import InvalidText, Refused
from scheduler.exports.tables.csv import table_as_csv
from scheduler.findings import Finding, Severity, has_errors
from scheduler.folder.reading.files import name_of, read_text, write_whole
from scheduler.folder.reading.shelf import Shelf
from scheduler.protocol.parse import parse_protocol
from scheduler.standards.usdm.importing import Design, read_design, to_ask
from scheduler.standards.usdm.protocol_text import protocol_text
from scheduler.standards.usdm.report import Report
from scheduler.standards.usdm_out.carried import table_of_carried
from scheduler.standards.usdm_out.own_text import own_text, says_the_same
from scheduler.standards.usdm_out.study import UsdmFile, usdm_of

FROM_TEXT = "the file carries the protocol's own text, and says the same"
CHANGED = "the file carries a protocol's text and says something else: it was changed, and the text is left aside"

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
    content, design = _read(file)
    text = protocol_text(design)
    report = design.report
    changed: tuple[Finding, ...] = ()
    own = _own(content)
    if own is not None and own[1]:
        text, report = own[0], Report([replace(row, verdict="said", note=FROM_TEXT) for row in report.rows])
    elif own is not None:
        changed = (Finding("own-text-differs", Severity.WARNING, CHANGED, "compare it with the protocol that it was"),)
    try:
        _, found = parse_protocol(text, name="protocol.yaml")
    except InvalidText as error:
        found = tuple(error.findings)
    files = {
        "protocol.yaml": text,
        "site.yaml": SITE,
        "report.csv": table_as_csv(report.table(design.study)),
        "report.txt": report.text(design.study),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_whole(out / name, content.encode("utf-8"))
    errors = [each for each in found if each.severity is Severity.ERROR]
    asked = () if own is not None and own[1] else to_ask(design)
    return Imported(tuple(files), report, (*errors, *changed, *asked))


def _own(content: object) -> tuple[str, bool] | None:
    """The protocol's text in a file that this program wrote, and whether the file still says the same."""
    text = own_text(content)
    if text is None:
        return None
    try:
        version, _ = parse_protocol(text, name="protocol.yaml")
    except InvalidText:
        return text, False
    return text, says_the_same(content, version, text)


def export_usdm_file(protocol: Path, out: Path, program_version: str) -> UsdmFile:
    """Write a protocol as USDM 4.0, and beside it ``NAME.carried.csv`` with what USDM has no place for."""
    shelf = Shelf()
    version = shelf.protocol(protocol)
    if version is None or has_errors(shelf.findings):
        raise InvalidText(shelf.findings)
    found = usdm_of(version, read_text(protocol), program_version)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_whole(out, usdm_as_json(found).encode())
    write_whole(out.with_suffix(".carried.csv"), table_as_csv(table_of_carried(version, found.carried)).encode())
    return found


def usdm_as_json(found: UsdmFile) -> str:
    """The file's text."""
    return json.dumps(found.content, ensure_ascii=False, indent=1) + "\n"


def _read(file: Path) -> tuple[object, Design]:
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
    return content, design


def _not_read(file: Path, why: str) -> InvalidText:
    return InvalidText([Finding("usdm-not-read", Severity.ERROR, f"{name_of(file)} {why}", "give a USDM file in JSON")])
