"""All datasets of a study: trial design from the newest version of its protocol, and the records of its patients."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scheduler.protocol.plan.study import StudyVersion
from scheduler.standards.sdtm import specifications as sdtm
from scheduler.standards.sdtm.datasets import Dataset, Row, dataset_of, numbered
from scheduler.standards.sdtm.demographics import demographics, subject_elements
from scheduler.standards.sdtm.disposition import disposition
from scheduler.standards.sdtm.exposure import exposure, exposure_as_collected
from scheduler.standards.sdtm.findings import accountability, adverse_events, responses
from scheduler.standards.sdtm.subject import Subject
from scheduler.standards.sdtm.trial_design import (
    trial_arms,
    trial_criteria,
    trial_elements,
    trial_visits,
    windows,
)
from scheduler.standards.sdtm.trial_summary import trial_summary
from scheduler.standards.sdtm.visit_numbers import VisitNumbers, number_visits
from scheduler.standards.sdtm.visits import deviations, subject_visits, subject_windows


def datasets_of(version: StudyVersion, subjects: Sequence[Subject]) -> tuple[Dataset, ...]:
    """The datasets that have a record, in the order of the list of them."""
    numbers = number_visits(version)
    rows: dict[str, list[Row]] = {
        "TA": list(trial_arms(version)),
        "TE": list(trial_elements(version)),
        "TV": list(trial_visits(version, numbers)),
        "TI": list(trial_criteria(version)),
        "TS": list(trial_summary(version, subjects)),
        "AWINDOW": list(windows(version, numbers)),
    }
    for subject in subjects:
        for name, records in records_of(subject, numbers).items():
            rows.setdefault(name, []).extend(records)
    return tuple(dataset_of(about, rows[about.name]) for about in sdtm.ALL if rows.get(about.name))


def records_of(subject: Subject, numbers: VisitNumbers) -> dict[str, Iterable[Row]]:
    """One patient's records, by dataset."""
    collected = numbered(exposure_as_collected(subject), "EC")
    exposed = numbered(exposure(collected), "EX")
    deviated, beside_deviations = deviations(subject)
    adverse, beside_adverse = adverse_events(subject)
    counted, beside_counts = accountability(subject)
    return {
        "DM": [demographics(subject, exposed)],
        "SE": numbered(map(dict, subject_elements(subject)), "SE"),
        "SV": numbered(subject_visits(subject, numbers), "SV"),
        "EC": collected,
        "EX": exposed,
        "DS": numbered(map(dict, disposition(subject)), "DS"),
        "AE": adverse,
        "SUPPAE": beside_adverse,
        "RS": numbered(map(dict, responses(subject, numbers)), "RS"),
        "DV": deviated,
        "SUPPDV": beside_deviations,
        "DA": counted,
        "SUPPDA": beside_counts,
        "AWSUBJ": list(subject_windows(subject, numbers)),
    }
