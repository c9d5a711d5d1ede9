"""Assessments of the tumour in a good order, in a strange one, and in one that contradicts the scans."""

from __future__ import annotations

import pytest

from scheduler.findings import Severity
from scheduler.patient.appending import review
from scheduler.patient.episodes.assessments import assessments_in_order
from scheduler.patient.log import in_force, log_of
from tests.patient.plans import events
from tests.seed import VERSION

START = "2026-02-27 randomised, arm: control\n"
RECIST = "response, criteria: RECIST 1.1, assessment:"
IRECIST = "response, criteria: iRECIST, assessment:"

# A story and what is found in it: code, numbers of the events.
STORIES: dict[str, tuple[str, list[tuple[str, tuple[int, ...]]]]] = {
    "an iUPD confirmed four weeks later": (
        f"2026-04-24 {IRECIST} iUPD\n2026-05-22 {IRECIST} iCPD",
        [],
    ),
    "confirmed two days early, which is allowed": (
        f"2026-04-24 {IRECIST} iUPD\n2026-05-20 {IRECIST} iCPD",
        [],
    ),
    "confirmed three days early": (
        f"2026-04-24 {IRECIST} iUPD\n2026-05-19 {IRECIST} iCPD",
        [("confirmed-too-early", (2, 3))],
    ),
    "the scans count, not the days of reading": (
        f"""2026-04-20 visit done, entry: imaging.1
        2026-04-30 {IRECIST} iUPD, entry: imaging.1
        2026-05-18 visit done, entry: confirming-scan.3
        2026-05-19 {IRECIST} iCPD, entry: confirming-scan.3""",
        [],
    ),
    "an iCPD that nothing went before": (
        f"2026-05-22 {IRECIST} iCPD",
        [("nothing-to-confirm", (2,))],
    ),
    "the bar was reset before the iCPD": (
        f"2026-04-24 {IRECIST} iUPD\n2026-05-22 {IRECIST} iPR\n2026-07-17 {IRECIST} iCPD",
        [("nothing-to-confirm", (3, 4))],
    ),
    "a new iUPD after the reset, then confirmed": (
        f"""2026-04-24 {IRECIST} iUPD
        2026-05-22 {IRECIST} iSD
        2026-06-19 {IRECIST} iUPD
        2026-07-17 {IRECIST} iCPD""",
        [],
    ),
    "what cannot be read resets nothing": (
        f"2026-04-24 {IRECIST} iUPD\n2026-05-22 {IRECIST} NE\n2026-06-19 {IRECIST} iCPD",
        [],
    ),
    "better after progression by RECIST 1.1": (
        f"2026-04-24 {RECIST} PD\n2026-06-19 {RECIST} PR",
        [("better-after-progression", (2, 3))],
    ),
    "progression by RECIST 1.1 beside an iRECIST that goes on": (
        f"2026-04-24 {RECIST} PD\n2026-04-24 {IRECIST} iUPD\n2026-06-19 {IRECIST} iPR",
        [],
    ),
    "partial after complete": (
        f"2026-04-24 {RECIST} CR\n2026-06-19 {RECIST} PR",
        [("less-after-complete", (2, 3))],
    ),
    "a scan that nobody recorded": (
        f"2026-04-24 {RECIST} SD, entry: imaging.1",
        [("scan-without-record", (2,))],
    ),
    "a scan read before it was done": (
        f"2026-04-24 {RECIST} SD, entry: imaging.1\n2026-04-25 visit done, entry: imaging.1",
        [("assessed-before-scan", (2, 3))],
    ),
    "a dose that is no scan": (
        f"2026-04-24 {RECIST} SD, entry: regorafenib.2",
        [("not-a-scan", (2,))],
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_what_should_be_looked_at(name: str) -> None:
    story, wanted = STORIES[name]
    found = review(VERSION, log_of(events(START + story)))
    assert [(finding.code, finding.events) for finding in found] == wanted
    assert {finding.severity for finding in found} <= {Severity.WARNING}


def test_a_scan_that_was_not_done_cannot_be_assessed() -> None:
    story = START + f"2026-04-24 not done, entry: imaging.1, reason: ill\n2026-04-24 {RECIST} SD, entry: imaging.1"
    (found,) = review(VERSION, log_of(events(story)))
    assert (found.code, found.severity, found.events) == ("scan-not-done", Severity.ERROR, (2, 3))


def test_each_assessment_knows_the_iupd_that_is_open() -> None:
    story = f"""2026-04-24 {IRECIST} iUPD
        2026-05-08 {IRECIST} iUPD
        2026-05-22 {IRECIST} iSD
        2026-06-19 {IRECIST} iUPD
        2026-07-17 {IRECIST} iCPD"""
    found = list(assessments_in_order((fact for fact in in_force(log_of(events(story)))), ()))
    told = [(each.assessment, each.iupd.fact.number if each.iupd else None, each.reset) for each in found]
    assert told == [
        ("iUPD", None, False),
        ("iUPD", 1, False),
        ("iSD", None, True),
        ("iUPD", None, False),
        ("iCPD", 4, False),
    ]
