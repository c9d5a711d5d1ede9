"""One subject's SDTM records as lines, "SV: VISITNUM 4, VISIT WEEK 2, SVSTDTC 2026-03-16", and what an import makes of them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from scheduler.folder.event_line import event_line
from scheduler.folder.trying.planning import read_plan
from scheduler.protocol.plan.study import StudyVersion
from scheduler.standards.sdtm.datasets import Dataset, Value
from scheduler.standards.sdtm_in.records import Record
from scheduler.standards.sdtm_in.report import Report
from scheduler.standards.sdtm_in.subjects import import_subjects

EXAMPLES = Path(__file__).parents[2] / "examples"
PILOT = read_plan(EXAMPLES / "cdiscpilot01" / "protocol.yaml").version
NUMBERS = {"VISITNUM", "VISITDY", "EXDOSE", "EXDOSTOT", "AGE"}


def records(*lines: str, subject: str = "001", study: str = "S") -> list[Record]:
    """The records of one subject; a line may say another USUBJID."""
    found: list[Record] = []
    counted: dict[str, int] = {}
    for line in lines:
        dataset, _, rest = line.partition(": ")
        counted[dataset] = counted.get(dataset, 0) + 1
        cells: dict[str, str | Decimal] = {"STUDYID": study, "USUBJID": f"{study}-{subject}"}
        for cell in filter(None, rest.split(", ")):
            name, _, value = cell.partition(" ")
            cells[name] = Decimal(value) if name in NUMBERS else value
        found.append(Record(dataset, counted[dataset], {name: cell for name, cell in cells.items() if cell != ""}))
    return found


def read_again(dataset: Dataset) -> list[Record]:
    """A dataset as it is read from a file: what is empty is not there."""
    return [
        Record(dataset.name, number, {name: _cell(cell) for name, cell in row.items() if cell not in (None, "")})
        for number, row in enumerate(dataset.records(), 1)
    ]


def _cell(cell: Value) -> str | Decimal:
    assert cell is not None
    return cell if isinstance(cell, str) else Decimal(cell)


def imported(*lines: str, version: StudyVersion = PILOT) -> tuple[list[str], Report]:
    """The events of the one subject, as a case file has them, and the report."""
    found, report = import_subjects(version, records(*lines))
    return [event_line(record.event)[1:-1] for each in found for record in each.log.records], report


def of(report: Report, dataset: str) -> list[str]:
    """What became of the records of a dataset, each with its note."""
    return [f"{row.verdict}: {row.note}".rstrip(": ") for row in report.rows if row.dataset == dataset]
