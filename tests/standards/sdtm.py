"""A story's patient as SDTM records, each in one line of what it says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from scheduler.folder.exchanging.sdtm import subject_of
from scheduler.folder.reading.contents import Case
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY, Site
from scheduler.standards.sdtm.datasets import Dataset
from scheduler.standards.sdtm.study import datasets_of
from tests.dosing.story import told
from tests.seed import VERSION

EVERYWHERE = {"STUDYID", "DOMAIN", "USUBJID", "RDOMAIN", "QORIG", "QLABEL"}


def datasets(story: str, on: str, version: StudyVersion = VERSION, site: Site = EVERY_DAY) -> dict[str, Dataset]:
    """The datasets of one patient, 001."""
    case = Case(Path("001.yaml"), version, site, told(story), "001")
    return {each.name: each for each in datasets_of(version, [subject_of(case, date.fromisoformat(on))])}


def lines(dataset: Dataset, *names: str) -> list[str]:
    """The records, one line each: some variables, or all that say something and are not the same everywhere."""
    return [
        " | ".join("" if row[name] is None else str(row[name]) for name in names)
        if names
        else ", ".join(
            f"{name} {cell}" for name, cell in row.items() if name not in EVERYWHERE and cell not in (None, "")
        )
        for row in dataset.records()
    ]
