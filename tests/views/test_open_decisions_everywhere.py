"""While nobody has decided, every later dose of the treatment waits: on screen, paper and lists, with no dose named.

Control arm: cycle 1 on Monday 2 March 2026, then every 28 days: 30 March, 27 April, 25 May, 22 June.
"""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.comparing.whatif import what_would_change
from scheduler.calendar.engine.proposals.on_a_day import calendar_on
from scheduler.calendar.entries.entry import Calendar, Flag
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.exports.pages.patient import calendar_as_html, parts_of
from scheduler.exports.picture.ground import always_open
from scheduler.languages import Language
from scheduler.site.site import EVERY_DAY
from scheduler.views.agenda.diary import patient_diary
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import patient_of, patient_on
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.reader.audience import Detail
from scheduler.views.reasons import reasons_of
from scheduler.views.table_of_dates import short_table_of_dates, table_of_dates
from tests.dosing.story import told
from tests.seed import VERSION

BEGUN = """2026-02-27 randomised, arm: control
2026-03-02 cycle started, treatment: regorafenib, cycle: 1
"""
REACTION = "adverse event, ae: 1, term: Palmar-plantar erythrodysesthesia syndrome, grade: 3, related: [regorafenib]"
SKIN = f"{BEGUN}2026-03-16 {REACTION}\n"  # event 3
UNTIL = date(2026, 7, 12)


def calendar(story: str) -> Calendar:
    return calendar_of(VERSION, EVERY_DAY, told(story), until=UNTIL)


def waiting(found: Calendar) -> list[str]:
    return [
        f"{entry.id}.{run.first_day}-{run.last_day}"
        for entry in found.entries
        for run in entry.runs
        if Flag.AWAITING_DECISION in run.flags
    ]


def test_the_log_flags_what_comes_next_and_readers_see_all_that_hangs_on_it() -> None:
    found = calendar(SKIN)
    assert waiting(found) == ["regorafenib.1.15-21", "regorafenib.2.1-21"]
    later = ["regorafenib.3.1-21", "regorafenib.4.1-21", "regorafenib.5.1-21"]
    assert waiting(calendar_on(found, None)) == [*waiting(found), *later]
    assert waiting(calendar_on(found, None)) == waiting(calendar_on(calendar_on(found, None), date(2026, 3, 16)))
    decided = (
        f'{SKIN}2026-03-16 decided, proposal: hand-foot-skin-reaction.6.3, action: "continue unchanged", by: Dr E\n'
    )
    assert calendar_on(calendar(decided), None) == calendar(decided)


def test_a_patient_of_the_lists_has_the_marks() -> None:
    patient = patient_of(VERSION, EVERY_DAY, told(SKIN), subject="S-1")
    assert waiting(patient.calendar)[:5] == waiting(calendar_on(calendar(SKIN), None))
    assert patient_on(patient, date(2026, 3, 17)).calendar == patient.calendar
    calm = patient_of(VERSION, EVERY_DAY, told(BEGUN), subject="S-1")
    assert patient_on(calm, date(2026, 3, 17)) is calm


def test_no_dose_is_named_in_any_table_page_or_picture() -> None:
    found = calendar_on(calendar(SKIN), date(2026, 3, 17))
    later = {f"regorafenib.{n}.1-21" for n in (2, 3, 4, 5)}
    short = [row for row in short_table_of_dates(found).rows if row[3] in later]
    assert [(row[5], row[6]) for row in short] == [(None, "planned, awaiting decision")] * 4
    table = table_of_dates(found, reasons_of(found))
    amounts = [row[table.columns.index("dose")] for row in table.rows if row[table.columns.index("id")] in later]
    assert amounts == [None] * 4
    page = calendar_as_html(found, reasons_of(found), always_open, date(2026, 3, 17), months=True)
    assert "Day 29, window 27 Mar – 2 Apr 2026, planned, awaiting decision" in page
    assert "window 27 Mar – 2 Apr 2026, 120 mg" not in page


def test_the_card_of_the_next_visits_says_it() -> None:
    parts = parts_of(calendar_on(calendar(SKIN), date(2026, 4, 20)), lambda because: (), always_open, date(2026, 4, 20))
    cycle_3 = [line for _, lines in parts.coming for line in lines if line.id == "regorafenib.3.1-21"]
    assert [Flag.AWAITING_DECISION in line.flags for line in cycle_3] == [True]


def test_explain_says_why_a_later_cycle_waits() -> None:
    told_of = str(explain(calendar_on(calendar(SKIN), None), "regorafenib.4", VERSION, told(SKIN)))
    assert "its dose awaits a decision" in told_of
    assert "[event 3]" in told_of


def test_a_diary_of_later_weeks_says_to_ask_first() -> None:
    diary = patient_diary(
        calendar_on(calendar(SKIN), None), date(2026, 4, 27), date(2026, 5, 17), Detail.FULL, Language.ENGLISH, {}
    )
    assert [tablets.ask_first for day in diary.days for tablets in day.tablets] == [True] * 21


def test_what_would_change_names_no_dose_that_hangs_on_a_decision() -> None:
    changes = what_would_change(VERSION, EVERY_DAY, told(BEGUN), [told(SKIN).records[2].event], until=UNTIL).changes
    said = [str(change.sentence) for change in changes]
    assert "regorafenib.2 to .5, days 1-21: awaiting decision; it was 120 mg" in said


def asked_for(story: str, on: date) -> list[str | None]:
    patient = patient_of(VERSION, EVERY_DAY, told(story), subject="S-1")
    return [line.entry for line in worklist([patient], on).decisions if line.status == "awaiting decision"]


def test_the_worklist_asks_once_for_what_is_taken_now_else_for_what_comes_next() -> None:
    """Cycle 1 ends on 22 March, its day 21."""
    assert asked_for(SKIN, date(2026, 3, 17)) == ["regorafenib.1.1"]
    assert asked_for(SKIN, date(2026, 3, 22)) == ["regorafenib.1.1"]
    assert asked_for(SKIN, date(2026, 3, 23)) == ["regorafenib.2.1"]


INFUSIONS = """2026-02-27 randomised, arm: experimental
2026-03-02 cycle started, treatment: regorafenib, cycle: 1
2026-03-02 given, treatment: toripalimab, n: 1
"""


@pytest.mark.parametrize(
    ("event", "waits"),
    [
        ("2026-03-30 adverse event, ae: 1, term: Pneumonitis, grade: 2, related: [toripalimab]", True),
        ("2026-03-30 progressed", True),
        ("2026-03-30 adverse event, ae: 1, term: Headache, grade: 1", False),
    ],
)
def test_every_later_infusion_waits_whatever_asks(event: str, waits: bool) -> None:
    given = f"{INFUSIONS}2026-03-30 given, treatment: toripalimab, n: 2, confirmed: it was\n{event}\n"
    found = calendar_on(calendar(given), None)
    later = [each for each in found.entries if each.timeline == "toripalimab" and each.status.value == "planned"]
    assert len(later) >= 4
    assert {Flag.AWAITING_DECISION in each.flags for each in later} == {waits}


def of_infusion(story: str, n: int, on: date | None = None) -> bool:
    found = patient_on(patient_of(VERSION, EVERY_DAY, told(story), subject="S-1"), on).calendar
    return Flag.AWAITING_DECISION in found.by_id[f"toripalimab.{n}"].flags


def test_an_overdue_dose_waits_for_a_decision_that_came_up_since() -> None:
    """Dose 2 is due on Monday 30 March; nobody recorded it, and on 2 April there is a pneumonitis."""
    overdue = f"{INFUSIONS}2026-04-02 adverse event, ae: 1, term: Pneumonitis, grade: 2, related: [toripalimab]\n"
    assert of_infusion(overdue, 2)
    # Given in time and recorded late, it waits for nothing; so does one that a later dose has passed.
    assert not of_infusion(f"{overdue}2026-03-30 given, treatment: toripalimab, n: 2, confirmed: it was\n", 2)
    passed = INFUSIONS + "2026-04-20 given, treatment: toripalimab, n: 3, confirmed: it was\n"
    passed += "2026-04-22 adverse event, ae: 1, term: Pneumonitis, grade: 2, related: [toripalimab]\n"
    assert (of_infusion(passed, 2), of_infusion(passed, 4)) == (False, True)


def test_a_cycle_that_nobody_started_waits_as_a_whole_and_is_not_handed_out() -> None:
    """Cycle 2 is due on 30 March; the reaction is of 2 April, its day 4."""
    late = f"{BEGUN}2026-04-02 {REACTION}\n"
    patient = patient_of(VERSION, EVERY_DAY, told(late), subject="S-1")
    assert waiting(patient.calendar)[:3] == ["regorafenib.2.1-3", "regorafenib.2.4-21", "regorafenib.3.1-21"]
    found = dispensing_list([patient], date(2026, 3, 30), date(2026, 4, 20), on=date(2026, 4, 2))
    (line,) = [each for each in found.apart if each.entry == "regorafenib.2.1"]
    assert line.status.value == "awaiting decision"
    assert "awaits a decision: the protocol says hold" in (line.note or "")
    assert [each.entry for each in found.lines] == []


def test_what_is_known_ahead_leaves_the_doses_before_it_alone() -> None:
    """Surgery is planned for 1 May: the last tablet is that of 17 April, 14 days before; from the 18th on, day 20, they wait."""
    story = f"{BEGUN}2026-03-16 surgery planned, day: 2026-05-01\n"
    assert waiting(calendar_on(calendar(story), date(2026, 3, 17)))[:2] == ["regorafenib.2.20-21", "regorafenib.3.1-21"]
