"""What asks about doses that are left, where all that the protocol has was given before; and what the plan ends itself."""

from __future__ import annotations

import pytest

from tests.studies.telling import calendar, study

DOSES = """
study days: first dose is Day 1
treatments:
  mab:
    when: {1: on first dose, then: 21 days after the previous dose}
    until: at most 2 doses
    open: any day
    give: 100 mg intravenously
"""

TABLETS = """
study days: first dose is Day 1
treatments:
  tab:
    when: {1: on first dose, then: 28 days after the previous cycle}
    until: [END]
    open: any day
    give: 10 mg once daily by mouth on days 1-21
"""

FIRST = "2026-03-02 given, treatment: mab, n: 1\n"
BOTH = f"{FIRST}2026-03-23 given, treatment: mab, n: 2\n"
STARTED = "2026-03-02 cycle started, treatment: tab, cycle: 1\n"


def told(protocol: str, story: str) -> list[str]:
    return [each.code for each in calendar(study(protocol), story).findings]


@pytest.mark.parametrize(
    ("event", "asks", "nothing_left"),
    [
        ("new anticancer therapy", "all-treatment-asks", "new-therapy"),
        ("pregnancy", "all-treatment-asks", "pregnant"),
        ("surgery", "surgery-asks", "surgery"),
        ("progressed", "progression-asks", "progressed"),
    ],
)
def test_nothing_is_asked_about_a_treatment_that_has_had_its_last_dose(
    event: str, asks: str, nothing_left: str
) -> None:
    assert told(DOSES, f"{FIRST}2026-03-10 {event}\n") == [asks]
    # Dose 2 has no record: it may still be given.
    assert told(DOSES, f"{FIRST}2026-05-10 {event}\n") == [asks]
    # On the day of the last dose something may have been left; the day after, nothing is.
    assert told(DOSES, f"{BOTH}2026-03-23 {event}\n") == [asks]
    assert told(DOSES, f"{BOTH}2026-03-24 {event}\n") == [nothing_left]
    assert told(DOSES, f"{FIRST}2026-03-23 not done, entry: mab.2, reason: fever\n2026-04-14 {event}\n") == [asks]


def test_tablets_of_the_last_cycle_and_a_hold_of_them_leave_something() -> None:
    # Days 1-21 from 2 March: the last is 22 March.
    protocol = TABLETS.replace("END", "at most 1 cycle")
    asked, no_more = ["all-treatment-asks"], ["new-therapy"]
    assert told(protocol, f"{STARTED}2026-03-22 new anticancer therapy\n") == asked
    assert told(protocol, f"{STARTED}2026-03-23 new anticancer therapy\n") == no_more
    held = f"{STARTED}2026-03-16 held, treatment: tab, reason: rash\n"
    assert told(protocol, f"{held}2026-03-23 new anticancer therapy\n") == asked
    resumed = f"{held}2026-03-18 resumed, treatment: tab\n"
    assert told(protocol, f"{resumed}2026-03-23 new anticancer therapy\n") == no_more


def test_where_the_plan_ends_at_another_therapy_whether_all_treatment_ends_is_asked() -> None:
    protocol = TABLETS.replace("END", "new anticancer therapy")
    therapy = f"{STARTED}2026-03-11 new anticancer therapy\n"
    assert told(protocol, therapy) == ["new-therapy-asks"]
    assert told(protocol, f"{therapy}2026-03-12 end of treatment, reason: another therapy\n") == []
    assert told(protocol, f"{therapy}2026-03-12 discontinued, treatment: tab, reason: another therapy\n") == []
    assert told(protocol, f"{therapy}2026-03-12 struck, number: 3, reason: another patient\n") == []
    # Before any tablet nothing was going on that it could end.
    assert told(protocol, "2026-02-28 new anticancer therapy\n") == []
