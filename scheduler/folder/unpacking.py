"""A study in a database written out as a folder again, one case file for each patient: nothing is locked in."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from scheduler.errors import Refused
from scheduler.findings import Finding, Severity
from scheduler.folder.event_line import event_line, flow
from scheduler.folder.feeds import KEY_FILE
from scheduler.folder.file_names import file_names
from scheduler.folder.reading.files import write_whole
from scheduler.folder.reading.holidays import holidays_file
from scheduler.folder.reading.stock import stock_of_records, stock_text
from scheduler.patient.log import Log
from scheduler.source.node import Data
from scheduler.store.interface import Store
from scheduler.store.values import StudySource

PATIENTS = "patients"


def unpack(store: Store, source: StudySource, out: Path) -> tuple[str, ...]:
    """Write the study into a new or empty folder, and give the files' paths from there.

    Who did what, when and why is not in case files: that is the audit trail. Raises Refused when the folder holds something.
    """
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise Refused([Finding("folder-not-empty", Severity.ERROR, f"{out} is not empty", "name a new folder")])
    written = []
    for path, text in _files(store, source):
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, text.encode("utf-8"))
        if path == KEY_FILE:
            os.chmod(target, 0o600)
        written.append(path)
    return tuple(written)


def _files(store: Store, source: StudySource) -> Iterator[tuple[str, str]]:
    protocols = _protocol_files(source)
    sites = _site_files(source)
    for protocol in source.protocols:
        yield protocols[protocol.digest], protocol.text
    for site in source.sites:
        yield sites[site.name], site.text
        if site.holidays is not None:
            yield holidays_file(Path(sites[site.name])).as_posix(), site.holidays + "\n"
    yield KEY_FILE, source.feed_key.hex() + "\n"
    subjects = store.subjects()
    logs = store.logs()
    for name, subject in zip(file_names({s.subject: s.subject for s in subjects}).values(), subjects, strict=True):
        head: dict[str, Data] = {"protocol": f"../{protocols[subject.protocol]}"}
        if (place := sites.get(subject.enrolled_at or "") or sites.get(subject.site or "")) is not None:
            head["site"] = f"../{place}"
        head["subject"] = subject.subject
        yield f"{PATIENTS}/{name}.yaml", case_text({**head, **subject.keys}, logs.get(subject.subject, Log()))
    for log in stock_of_records(store.stock_records()):
        yield sites[log.site].replace("site", "stock", 1), stock_text(log)


def _protocol_files(source: StudySource) -> dict[str, str]:
    """A file for each version's digest, so that their names sort as they were added: the names they had, or numbers."""
    names = [PurePosixPath(each.file).name for each in source.protocols]
    if sorted(set(names)) != names or not all(fnmatch(name, "protocol*.yaml") for name in names):
        names = [f"protocol-{number:03}.yaml" for number in range(1, len(names) + 1)]
    return {each.digest: name for each, name in zip(source.protocols, names, strict=True)}


def _site_files(source: StudySource) -> dict[str, str]:
    """A file for each site's name; the first is the study's own."""
    others = file_names({each.name: f"site-{each.name}" for each in source.sites[1:]})
    return {source.sites[0].name: "site.yaml"} | {name: f"{file}.yaml" for name, file in others.items()}


def case_text(head: Mapping[str, Data], log: Log) -> str:
    """A patient as a case file. `scheduler.patient.case_file.case.parse_case` reads the same again."""
    lines = [f"{key}: {flow(value)}\n" for key, value in head.items()]
    events = [f"  - {event_line(record.event)}\n" for record in log.records]
    return "".join([*lines, "events:\n" if events else "events: []\n", *events])
