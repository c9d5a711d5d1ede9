"""Twelve patients of the seed study, told by what was seen of the tumour and what happened to them.

All were randomised on 27 February 2026 and had the first tablet on 2 March, the first day that is counted. Scans are due every 56
days ±7 from randomisation: 24 April, 19 June, 14 August, 9 October and 4 December 2026.
"""

from __future__ import annotations

from scheduler.endpoints.of_study import Outcome, outcome_of
from scheduler.endpoints.patient.end_point import PatientEndPoints
from scheduler.patient.cut_log import NO_CUT_OFF, CutOff
from scheduler.patient.events import ASSESSMENTS
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.patients import patient_of
from tests.dosing.story import told
from tests.seed import VERSION

START = "2026-02-27 randomised, arm: control\n2026-03-02 cycle started, treatment: regorafenib, cycle: 1\n"

TWELVE = {
    "progressed after a response": "2026-04-24 PR\n2026-06-19 PR\n2026-08-14 PD",
    "died without progression": "2026-04-24 SD\n2026-06-10 died",
    "response seen once": "2026-04-24 PR\n2026-06-19 SD",
    "died before an iUPD could be confirmed": "2026-04-24 iSD\n2026-06-19 iUPD\n2026-07-01 died",
    "an iUPD awaits its confirmation": "2026-04-24 iUPD",
    "another therapy before progression": "2026-04-24 SD\n2026-05-01 new anticancer therapy\n2026-06-19 PD",
    "two scans missed before progression": "2026-04-24 SD\n2026-10-09 PD",
    "one scan missed before progression": "2026-04-24 SD\n2026-08-14 PD",
    "never scanned": "2026-03-30 cycle started, treatment: regorafenib, cycle: 2",
    "scans that could not be read": "2026-04-24 NE\n2026-06-19 NE\n2026-06-20 died",
    "lost": "2026-04-24 SD\n2026-05-19 lost to follow-up",
    "died after what is counted": "2026-04-24 SD\n2028-01-21 SD\n2028-05-01 died",
}


def log_of_story(story: str, start: str = START) -> Log:
    """ "2026-04-24 PR" is an assessment by the criteria that know the word; whatever is longer is an event."""
    lines = []
    for line in story.strip().splitlines():
        day, _, said = line.strip().partition(" ")
        criteria = "iRECIST" if said in ASSESSMENTS["iRECIST"] and said != "NE" else "RECIST 1.1"
        known = said in (*ASSESSMENTS["iRECIST"], *ASSESSMENTS["RECIST 1.1"])
        lines.append(f"{day} response, criteria: {criteria}, assessment: {said}" if known else f"{day} {said}")
    return told(start + "\n".join(lines))


def outcome(
    story: str,
    *,
    start: str = START,
    version: StudyVersion = VERSION,
    subject: str = "CTL-009",
    cut_off: CutOff = NO_CUT_OFF,
) -> Outcome:
    log = log_of_story(story, start)
    found = outcome_of(version, EVERY_DAY, log, patient_of(version, EVERY_DAY, log, subject=subject), cut_off)
    assert found is not None
    return found


def end_points(story: str, *, start: str = START, version: StudyVersion = VERSION) -> PatientEndPoints:
    return outcome(story, start=start, version=version).end_points
