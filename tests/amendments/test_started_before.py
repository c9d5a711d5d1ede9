"""A cycle that was started before the move is finished under its version: the pharmacy and the exposure count its doses so.

Cycle 1 begins on Monday 2 March 2026: 10 mg twice daily on days 1 to 14, 4 tablets of 5 mg a day, 56 in all, 280 mg. Version 2
says 5 mg once daily from 9 March on: cycle 2, on 30 March, has 1 tablet a day on 14 days, 14 in all.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.folder.printing.imprints import imprint_of_case
from scheduler.folder.reading.case import Case
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.patients import patient_of
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.pharmacy.pill_counts import pill_counts
from tests.dosing.story import told
from tests.studies.telling import runs

TEXT = """
study days: first dose is Day 1
treatments:
  tablet:
    when: {{1: on first dose, then: 28 days after the previous cycle}}
    open: any day
    give: {dose} by mouth on days 1-14
products: {{tablet: {{unit: 5 mg tablet}}}}
"""


def version(number: str, dose: str, amendment: str = "") -> StudyVersion:
    head = f'study: OTHER\nversion: "{number}"\n{amendment}title: Another study\narms: {{all: everybody}}\n'
    return parse_protocol(head + TEXT.format(dose=dose), name="protocol.yaml")[0]


AMENDED = 'amendment: {of: "1.0", patients: may move, consent: not needed}\n'
BOTH = replace(version("1.0", "10 mg twice daily"), others=(version("2.0", "5 mg once daily", AMENDED),))
STORY = """2026-02-27 randomised, arm: all
2026-03-02 cycle started, treatment: tablet, cycle: 1
2026-03-02 dispensed, treatment: tablet, cycle: 1, quantity: 56
2026-03-09 moved to version, version: "2.0"
"""


def test_the_calendar_and_the_pharmacy_agree_on_a_cycle_of_the_version_before() -> None:
    log = told(STORY)
    found = calendar_of(BOTH, EVERY_DAY, log, until=date(2026, 4, 20))
    assert runs(found, "tablet.1")[-1] == "2-14 03-03..03-15 10 mg twice daily + planned"
    assert runs(found, "tablet.2") == ["1-14 03-30..04-12 5 mg + planned"]
    patient = patient_of(BOTH, EVERY_DAY, log, subject="A-1")
    lines = dispensing_list([patient], date(2026, 3, 1), date(2026, 4, 20)).lines
    assert [(line.entry, line.dose, line.units, line.note) for line in lines] == [
        ("tablet.1.1", Decimal(10), 56, "4 tablets x 14 days"),
        ("tablet.2.1", Decimal(5), 14, "1 tablet x 14 days"),
    ]


def test_exposure_and_pill_counts_take_its_doses_as_often_as_its_version_says() -> None:
    log = told(STORY)
    first = exposure_of(BOTH, EVERY_DAY, log, date(2026, 3, 29)).lines[0]
    assert (first.delivered, first.planned) == (Decimal(280), Decimal(280))
    (count,) = pill_counts(BOTH, EVERY_DAY, log, date(2026, 3, 29))
    assert count.expected == 56


def test_paper_names_the_version_that_the_patient_is_under() -> None:
    before = "\n".join(STORY.splitlines()[:-1])
    cases = [Case(Path("A-1.yaml"), BOTH, EVERY_DAY, told(story)) for story in (before, STORY)]
    assert [imprint_of_case(case).version for case in cases] == ["1.0", "2.0"]
