"""A new study's folder, written from a summary and checked before anybody sees it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from scheduler.errors import InvalidText, Refused
from scheduler.findings import Finding, Severity
from scheduler.folder.founding.editor_schemas import as_text, schemas
from scheduler.folder.founding.first_case import patient_text, story_text
from scheduler.folder.founding.template import SCHEMAS, NewStudy, protocol_text, site_text
from scheduler.folder.reading.files import name_of, write_whole
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.text.one_line import read_regimen
from scheduler.site.parse import parse_site

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9 ._-]+")


def found_study(
    folder: Path, summary: str, *, name: str | None = None, zone: str = "UTC", holidays: str | None = None
) -> tuple[str, ...]:
    """Write a study into a new or empty folder, and give the files' paths from there.

    ``name`` is the study's; without it, the folder's. Raises InvalidText with every finding about the summary, the name, the zone
    or the country, and Refused where the folder holds something: then nothing is written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(
            [Finding("folder-not-empty", Severity.ERROR, f"{name_of(folder)} is not empty", "name a new folder")]
        )
    treatments = read_regimen(summary)
    called = name or _NOT_IN_A_NAME.sub("-", folder.resolve().name).strip(" ._-").upper() or "STUDY"
    study = NewStudy(called, " ".join(summary.split()), treatments, zone, holidays)
    protocol, site = protocol_text(study), site_text(study)
    try:
        version, _ = parse_protocol(protocol, name="protocol.yaml")
        parse_site(site, name="site.yaml")
    except InvalidText as error:
        # Nothing is written, so there is no line of a file to point at.
        raise InvalidText(replace(finding, place=None) for finding in error.findings) from None
    (plan,) = version.arms.values()
    with_days = frozenset(line.name for line in plan.treatments() if line.has_days)
    files = {
        "protocol.yaml": protocol,
        "site.yaml": site,
        "patients/P-001.yaml": patient_text(with_days, study),
        "stories/planned.yaml": story_text(with_days, study),
        **{f"{SCHEMAS}/{name}": as_text(schema) for name, schema in schemas().items()},
        ".gitignore": "feeds.key\nstudy.db*\n",
    }
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, text.encode("utf-8"))
    return tuple(files)
