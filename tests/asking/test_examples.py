"""The patients and stories of the examples, recorded one event after the other: only what is meant is asked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from scheduler.asking import ask
from scheduler.folder.reading.case import read_case
from scheduler.patient.log import Log
from tests.seed import FOLDER

EXAMPLES = FOLDER.parent
PATIENTS = sorted(FOLDER.glob("patients/*.yaml"))
STORIES = [path for path in sorted(EXAMPLES.rglob("stories/*.yaml")) if "refused:" not in path.read_text("utf-8")]


def questions(path: Path) -> Counter[str]:
    """How often each question is asked."""
    case, log, found = read_case(path), Log(), Counter[str]()
    last = max(record.event.on for record in case.log.records)
    for record in case.log.records:
        asked = ask(case.version, case.site, log, [record.event], today=max(last, record.event.on))
        found.update(each.code for each in asked if each.reason is None)
        log = log.append_unchecked(record.event)
    return found


@pytest.mark.parametrize("path", PATIENTS, ids=lambda path: path.stem)
def test_the_patients_of_the_seed_study_ask_nothing(path: Path) -> None:
    assert questions(path) == Counter()


@pytest.mark.slow
def test_the_stories_ask_only_for_values_and_prescriptions_that_they_leave_out() -> None:
    found: dict[str, Counter[str]] = {}
    for path in STORIES:
        study = path.parents[1].name
        found[study] = found.get(study, Counter()) + questions(path)
    assert {study: dict(each) for study, each in found.items() if each} == {
        "axi-cel": {"amount-not-known": 2},
        "bep": {"amount-not-known": 1},
        "chemoradiation": {"amount-not-known": 3},
        "folfirinox": {"amount-not-known": 3, "goes-on-without": 5, "read-as": 3},
        "hyperfractionated-chemoradiation": {"amount-not-known": 8},
        "idea": {"amount-not-known": 3},
        "keynote-407": {"read-as": 1},
        "keynote-189": {"amount-not-known": 10, "goes-on-without": 4, "read-as": 2},
        "mfolfox6": {"amount-not-known": 8, "read-as": 4},
        "pembrolizumab-chemotherapy": {"amount-not-known": 4},
        "pollux": {"value-jumps": 1},
        "prima": {"amount-not-known": 6, "number-skips": 2, "randomised-out-of-days": 2},
        "redos": {"read-as": 1},
        "rego-tori-rt": {"not-prescribed": 5},
        "sacituzumab-govitecan": {"read-as": 1},
        "seven-plus-three": {"amount-not-known": 6},
        "sunlight": {"read-as": 2},
        "trastuzumab-deruxtecan": {"read-as": 6},
        "tb-practecal": {"read-as": 2},
        "vrd": {"amount-not-known": 10},
        "weekly-paclitaxel": {"amount-not-known": 1},
    }
