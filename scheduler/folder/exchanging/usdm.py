"""A study's folder from a USDM file: the protocol, a site, and the report of every part of the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from scheduler.errors import InvalidText, Refused
from scheduler.exports.tables.csv import table_as_csv
from scheduler.findings import Finding, Severity, has_errors
from scheduler.folder.reading.files import name_of, read_text, write_whole
from scheduler.folder.reading.shelf import Shelf
from scheduler.protocol.parse import parse_protocol
from scheduler.said import Quoted, Said, said
from scheduler.standards.usdm.importing import read_design, to_ask
from scheduler.standards.usdm.protocol_text import protocol_text
from scheduler.standards.usdm.report import Report
from scheduler.standards.usdm_out.carried import table_of_carried
from scheduler.standards.usdm_out.own_text import own_text, says_the_same
from scheduler.standards.usdm_out.study import UsdmFile, usdm_of

FROM_TEXT = said("the file carries the protocol's own text, and says the same")
CHANGED = said("the file carries a protocol's text and says something else: it was changed, and the text is left aside")

LARGEST = 200_000_000
"""Bytes of a file that is read."""

SITE = """site: Site 1                     # choice: the site's name
zone: UTC                        # choice: the time zone of its dates, such as Europe/Berlin
# public holidays: DE            # choice: the country
weekdays: Monday to Friday       # choice: the days of the week on which it works
"""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file becomes: the files by their names, the study's name, the report, and what is to ask."""

    files: Mapping[str, str]
    study: str
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
    try:
        size = file.stat().st_size
        data = file.read_bytes() if size <= LARGEST else None
    except OSError as error:
        raise _not_read(name_of(file), said("cannot be read: {why}", why=Quoted(error.strerror or ""))) from None
    if data is None:
        raise _not_read(name_of(file), said("is too large"))
    imported = read_usdm(data, name=file.name, asked_as=name_of(file))
    out.mkdir(parents=True, exist_ok=True)
    for name, content in imported.files.items():
        write_whole(out / name, content.encode("utf-8"))
    return imported


def read_usdm(data: bytes, *, name: str, asked_as: str | None = None) -> Imported:
    """What a USDM file becomes. ``name`` is what the protocol calls it, ``asked_as`` what findings do.

    Raises InvalidText where it is no USDM that can be read.
    """
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        raise _not_read(asked_as or name, said("is not JSON")) from None
    design = read_design(content, name)
    if isinstance(design, Finding):
        raise InvalidText([design])
    text = protocol_text(design)
    report = design.report
    changed: tuple[Finding, ...] = ()
    own = _own(content)
    if own is not None and own[1]:
        text, report = own[0], Report([replace(row, verdict="said", notes=(FROM_TEXT,)) for row in report.rows])
    elif own is not None:
        hint = said("compare it with the protocol that it was")
        changed = (Finding.of("own-text-differs", Severity.WARNING, CHANGED, hint),)
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
    errors = [each for each in found if each.severity is Severity.ERROR]
    asked = () if own is not None and own[1] else to_ask(design)
    return Imported(files, design.study, report, (*errors, *changed, *asked))


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


def _not_read(file: str, why: Said) -> InvalidText:
    what = said("{file} {why}", file=Quoted(file), why=why)
    return InvalidText([Finding.of("usdm-not-read", Severity.ERROR, what, said("give a USDM file in JSON"))])
