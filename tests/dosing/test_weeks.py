"""Days that come again each week of a cycle, and what is given twice weekly: days counted by hand."""

from __future__ import annotations

import pytest

from scheduler.findings import Finding
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.views.agenda.tablets import tablet_days
from tests.studies.telling import calendar, runs, study

STARTED = "2026-02-27 first dose planned, to: 2026-03-02\n"


def tablets(give: str, when: str = "28 days after the previous cycle") -> str:
    return f"""\
study: WEEKS
version: "1.0"
title: Tablets on some days of the week
arms: {{all: everybody}}
study days: first dose is Day 1
treatments:
  tablets:
    when: {{1: on first dose, then: {when}}}
    until: 2 cycles
    open: any day
    give: {give}
products: {{tablets: {{unit: 20 mg tablet}}}}
"""


def version(give: str, when: str = "28 days after the previous cycle") -> StudyVersion:
    return parse_protocol(tablets(give, when), name="protocol.yaml")[0]


def days(found: StudyVersion) -> list[str]:
    calendar_of_patient = calendar(found, STARTED)
    return [f"{each.day:%m-%d} {each.doses[0]}" for each in tablet_days(calendar_of_patient)]


def test_twice_weekly_has_one_dose_on_each_of_its_days() -> None:
    # Day 1 is Monday 2 March: day 4 the 5th, day 8 the 9th, day 11 the 12th; the next cycle begins on 30 March.
    assert days(version("40 mg twice weekly by mouth on days 1, 4, 8, 11")) == [
        *("03-02 40 mg", "03-05 40 mg", "03-09 40 mg", "03-12 40 mg"),
        *("03-30 40 mg", "04-02 40 mg", "04-06 40 mg", "04-09 40 mg"),
    ]


def test_the_days_of_each_week_come_again_until_a_day() -> None:
    # Until day 17: Mondays and Thursdays of two weeks, and Monday the 16th; day 18 is no more.
    found = version("40 mg once daily by mouth on days 1, 4 of each week until day 17 of cycle 1")
    assert days(found) == ["03-02 40 mg", "03-05 40 mg", "03-09 40 mg", "03-12 40 mg", "03-16 40 mg"]
    found = version("40 mg twice daily by mouth on days 1-5 of each week until day 10 of cycle 1")
    assert runs(calendar(found, STARTED), "tablets.1") == [
        "1-5 03-02..03-06 40 mg twice daily + planned",
        "8-10 03-09..03-11 40 mg twice daily + planned",
    ]


def test_a_held_day_is_lost_and_the_days_stay() -> None:
    found = calendar(
        version("40 mg twice weekly by mouth on days 1, 4, 8, 11"),
        "2026-03-02 cycle started, treatment: tablets, cycle: 1\n"
        "2026-03-04 held, treatment: tablets, reason: fever\n2026-03-08 resumed, treatment: tablets\n",
    )
    assert runs(found, "tablets.1") == [
        "1-1 03-02..03-02 40 mg + done",
        "4-4 03-05..03-05 held",
        "8-8 03-09..03-09 40 mg + planned",
        "11-11 03-12..03-12 40 mg + planned",
    ]


def findings(text: str) -> list[Finding]:
    return list(parse_protocol(text, name="protocol.yaml")[1])


@pytest.mark.parametrize(
    ("give", "when", "codes"),
    [
        ("40 mg twice weekly by mouth on days 1, 4", "28 days after the previous cycle", ["weeks-without-a-dose"]),
        ("40 mg twice weekly by mouth on days 1, 4", "7 days after the previous cycle", []),
        ("40 mg twice weekly by mouth on days 1, 4, 8, 11", "21 days after the previous cycle", []),
    ],
)
def test_one_week_alone_of_a_longer_cycle_is_asked_about(give: str, when: str, codes: list[str]) -> None:
    assert [each.code for each in findings(tablets(give, when)) if "week" in each.code] == codes


def test_fractions_follow_each_other_by_their_own_sentence() -> None:
    with pytest.raises(Exception, match="fractions-by-when"):
        study(
            "study days: first dose is Day 1\ntreatments:\n  radiotherapy:\n"
            "    when: {1: on first dose, then: 1 day after the previous fraction}\n"
            "    until: 4 fractions\n    open: any day\n    give: 2 Gy twice weekly on days 1, 4\n"
        )
