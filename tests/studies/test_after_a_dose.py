"""What follows a dose: it stays when treatment ends, and does not come where the dose was not done. Days counted by hand.

The first doses are on Monday 2 March 2026. 7 days after that is 9 March, 14 days 16 March, 28 days 30 March; 56 days after it is
Monday 27 April, and 28 days after that Monday 25 May.
"""

from __future__ import annotations

from scheduler.calendar.entries.because import After, Event
from scheduler.calendar.entries.entry import Calendar, Status
from scheduler.calendar.telling.explain import explain
from tests.dosing.story import told
from tests.studies.telling import calendar, dates, entry, study

STUDY = study("""
study days: first dose is Day 1
treatments:
  drug: {when: {1: on first dose, then: 21 days after the previous dose}, until: 4 doses, give: 10 mg intravenously}
  vaccine: {when: {1: on first dose, 2: 56 days after dose 1}, give: 1 mL intramuscularly}
  tablets:
    when: {1: on first dose, then: 28 days after the previous cycle}
    until: 2 cycles
    give: 5 mg once daily by mouth on days 1-21
visits:
  safety: 14 days ±2 after drug dose 1
  contact: 7 days after every drug dose
  day-8: on every drug cycle day 8
  ahead: 1 to 3 days before every drug cycle
  antibodies: 28 days after every vaccine dose
  with-it: on every vaccine cycle
  blood: 7 days after every tablets cycle
""")
GIVEN = "2026-03-02 given, treatment: drug, n: 1\n2026-03-02 given, treatment: vaccine, n: 1\n"  # events 2 and 3
STOPPED = "2026-03-05 discontinued, treatment: drug, reason: 'other: the patient wishes it'\n"  # event 4


def of(story: str) -> Calendar:
    return calendar(STUDY, GIVEN + story)


def stands(found: Calendar, name: str) -> tuple[str, Status]:
    each = entry(found, name)
    return (f"{each.date:%m-%d}" if each.date else "no date", each.status)


def test_what_follows_a_given_dose_stays_when_the_drug_is_discontinued() -> None:
    found = of(STOPPED)
    assert stands(found, "safety.1") == ("03-16", Status.PLANNED)
    assert stands(found, "contact.1") == ("03-09", Status.PLANNED)
    assert Event(4) not in entry(found, "safety.1").because.set_by
    assert After("drug.1") in entry(found, "safety.1").because.set_by


def test_a_day_of_a_cycle_and_what_follows_a_dose_that_is_not_given_end_with_it() -> None:
    found = of(STOPPED)
    assert stands(found, "day-8.1") == ("03-09", Status.CANCELLED)
    assert Event(4) in entry(found, "day-8.1").because.set_by
    assert entry(found, "contact.2").status is Status.CANCELLED
    assert entry(found, "ahead.2").status is Status.CANCELLED


def test_a_day_counted_from_a_cycle_of_tablets_is_a_day_of_that_cycle() -> None:
    story = "2026-03-02 cycle started, treatment: tablets, cycle: 1\n"
    story += "2026-03-05 discontinued, treatment: tablets, reason: 'other: the patient wishes it'\n"
    assert stands(of(story), "blood.1") == ("03-09", Status.CANCELLED)


def test_it_ends_with_the_patient_all_the_same() -> None:
    found = of("2026-03-05 died\n")
    assert entry(found, "safety.1").status is Status.CANCELLED
    assert entry(of("2026-03-05 withdrew, from: all\n"), "safety.1").status is Status.CANCELLED
    assert stands(of("2026-03-05 withdrew, from: treatment\n"), "safety.1") == ("03-16", Status.PLANNED)


def test_nothing_follows_a_dose_that_was_not_done() -> None:
    story = "2026-04-27 not done, entry: vaccine.2, reason: fever\n"  # event 4
    found = of(story)
    assert stands(found, "antibodies.1") == ("03-30", Status.PLANNED)
    assert stands(found, "antibodies.2") == ("05-25", Status.CANCELLED)
    assert stands(found, "with-it.2") == ("04-27", Status.PLANNED)  # the patient came
    assert Event(4) in entry(found, "antibodies.2").because.set_by
    log = told(f"2026-02-27 randomised, arm: all\n{GIVEN}{story}")
    assert explain(found, "antibodies.2", STUDY, log).title == (
        "Antibodies 2 is cancelled, because on Monday 27 April 2026 vaccine.2 is not done; "
        "it was planned for Monday 25 May 2026 (Day 85)."
    )


def test_whoever_was_seen_all_the_same_has_recorded_it() -> None:
    story = "2026-04-27 not done, entry: vaccine.2\n2026-05-25 visit done, entry: antibodies.2\n"
    assert stands(of(story), "antibodies.2") == ("05-25", Status.DONE)


def test_until_somebody_says_that_it_was_not_done_it_is_planned() -> None:
    assert dates(of(""), "antibodies") == {"1": "03-30", "2": "05-25"}


def test_a_visit_hours_after_another_visit_is_no_follow_up_of_a_dose_and_waits_for_nothing_else() -> None:
    """24 hours after 3 March is 4 March: a visit that counts from the one before does not wait for itself."""
    found = calendar(
        study("""
study days: first dose is Day 1
treatments:
  drug: {when: {1: on first dose, then: 21 days after the previous dose}, until: 4 doses, give: 10 mg intravenously}
visits:
  blood: {when: {1: 1 day after drug dose 1, then: 24 hours after the previous visit}, until: 3 visits, open: any day}
"""),
        "2026-03-02 given, treatment: drug, n: 1\n",
    )
    assert dates(found, "blood") == {"1": "03-03", "2": "03-04", "3": "03-05"}
    assert [each.code for each in found.findings] == []
