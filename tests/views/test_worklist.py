"""The coordinator's day: who comes, which windows close, what has no record, what waits for a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scheduler.calendar.entries.entry import Flag
from scheduler.exports.tables.terminal import table_as_text
from scheduler.findings import Finding, Severity
from scheduler.views.coordinator.worklist import Worklist, worklist
from scheduler.views.coordinator.worklist_line import WorklistLine
from scheduler.views.patients import Patient
from tests.views.told import CONTROL, EXPERIMENTAL, on, patient

HELD = "  - {on: 2026-03-16, event: held, treatment: regorafenib, reason: AE 1}\n"


def told(lines: tuple[WorklistLine, ...]) -> list[tuple[str | None, str, int | None]]:
    return [(line.entry, f"{line.date:%m-%d}" if line.date else "", line.days_left) for line in lines]


def the_day(day: str, *patients: Patient, ahead_days: int = 7) -> Worklist:
    return worklist(patients, on(day), ahead_days)


def test_due_is_today_and_the_week_ahead() -> None:
    # Cycle 1 day 8 is Monday 9 March, its window 7 to 11 March; day 15 is 16 March.
    found = the_day("03-09", patient(EXPERIMENTAL))
    assert told(found.due)[:2] == [("c1d8.1", "03-09", 2), ("c1d15.1", "03-16", 2 + 7)]
    assert str(found.due[0].to_do) == "see the patient and record the visit"
    assert [row[0] for row in found.table().rows if row[2] in ("c1d8.1", "c1d15.1")][:2] == ["due today", "due later"]


def test_days_of_tablets_are_not_listed_but_a_cycle_start_is() -> None:
    found = the_day("03-25", patient(CONTROL, subject="CTL-001"))
    assert [line.entry for line in found.due if line.entry and line.entry.startswith("regorafenib")] == [
        "regorafenib.2.1"
    ]
    assert str(found.due[0].to_do) == "start the cycle and record its first day"
    assert "regorafenib" not in {str(line.title) for line in found.overdue}


def test_closing_is_a_window_that_ends_within_the_days_ahead() -> None:
    found = the_day("03-09", patient(EXPERIMENTAL), ahead_days=2)
    assert told(found.closing) == [("c1d8.1", "03-09", 2)]
    assert str(found.closing[0].to_do) == (
        "the window closes on 2026-03-11: see the patient and record the visit, or book another day inside it"
    )
    assert told(the_day("03-09", patient(EXPERIMENTAL), ahead_days=1).closing) == []


def test_a_window_that_closes_today() -> None:
    found = the_day("03-11", patient(EXPERIMENTAL), ahead_days=0)
    assert told(found.closing) == [("c1d8.1", "03-09", 0)]
    assert str(found.closing[0].to_do).startswith("the window closes today: ")


def test_an_attendance_that_nobody_recorded_is_overdue() -> None:
    # On 12 March the visit of 9 March has no record, and its window closed on the 11th.
    found = the_day("03-12", patient(EXPERIMENTAL))
    assert ("c1d8.1", "03-09", -1) in told(found.overdue)
    line = next(line for line in found.overdue if line.entry == "c1d8.1")
    assert str(line.to_do) == "record it as done or not done; the window closed on 2026-03-11"


def test_overdue_with_an_open_window_may_still_be_booked() -> None:
    found = the_day("03-10", patient(EXPERIMENTAL))
    line = next(line for line in found.overdue if line.entry == "c1d8.1")
    assert str(line.to_do) == "record it as done or not done, or book another day up to 2026-03-11"
    assert line in [replace(each, to_do=line.to_do) for each in found.closing]


def test_what_was_recorded_is_on_no_list() -> None:
    done = "  - {on: 2026-03-09, event: visit done, entry: c1d8.1}\n"
    found = the_day("03-12", patient(EXPERIMENTAL, done))
    assert "c1d8.1" not in {line.entry for _, lines in found.lists for line in lines}


def test_past_days_of_tablets_are_presumed_but_a_start_without_a_record_is_overdue() -> None:
    overdue = [line.entry for line in the_day("04-02", patient(CONTROL, subject="CTL-001")).overdue]
    assert "regorafenib.2.1" in overdue
    assert [entry for entry in overdue if entry and entry.startswith("regorafenib")] == ["regorafenib.2.1"]


def test_a_hold_counts_its_days_of_the_days_allowed() -> None:
    # Held from 16 March, at most 28 days: a resume on 13 April is in time.
    found = the_day("03-28", patient(CONTROL, HELD, subject="CTL-001"))
    (line,) = [line for line in found.decisions if line.status == "held"]
    assert str(line.title) == "regorafenib on hold since 2026-03-16 (AE 1)"
    assert str(line.to_do) == "12 of 28 days held: resume by 2026-04-13, or discontinue"
    assert (line.days_left, line.window) == (16, (on("03-16"), on("04-13")))


def test_a_hold_beyond_its_limit_and_one_that_somebody_ended() -> None:
    held = patient(CONTROL, HELD, subject="CTL-001")
    (line,) = [line for line in the_day("04-14", held).decisions if line.status == "held"]
    assert str(line.to_do) == "29 of 28 days held: the limit has passed, the investigator decides"
    assert (line.days_left) == -1
    resumed = "  - {on: 2026-03-30, event: resumed, treatment: regorafenib}\n"
    over = patient(CONTROL, HELD, resumed, subject="CTL-001")
    assert [line for line in the_day("03-28", over).decisions if line.status == "held"] == []


def test_days_of_a_hold_in_the_week_off_count_from_the_next_cycle() -> None:
    # Held on day 23 of cycle 1; the first tablets missed are those of 30 March, so 27 April is in time.
    held = patient(CONTROL, HELD.replace("03-16", "03-24"), subject="CTL-001")
    (before,) = [line for line in the_day("03-26", held).decisions if line.status == "held"]
    (after,) = [line for line in the_day("04-11", held).decisions if line.status == "held"]
    assert str(before.to_do) == "0 of 28 days held: resume by 2026-04-27, or discontinue"
    assert (str(after.to_do), after.days_left) == ("12 of 28 days held: resume by 2026-04-27, or discontinue", 16)


SKIN = "  - {on: 2026-03-16, event: adverse event, ae: 1, term: hand-foot syndrome, grade: 3}\n"


def test_a_hold_says_what_it_still_waits_for() -> None:
    def to_do(day: str, *events: str) -> str:
        who = patient(CONTROL, SKIN, HELD, *events, subject="CTL-001")
        (line,) = [line for line in the_day(day, who).decisions if line.status == "held"]
        return str(line.to_do).partition("; ")[2]

    assert to_do("03-18") == "earliest resume 2026-03-23; hand-foot syndrome is grade 3, a resume asks for grade 0-1"
    assert to_do("03-23") == "hand-foot syndrome is grade 3, a resume asks for grade 0-1"
    assert to_do("03-23", "  - {on: 2026-03-23, event: regraded, ae: 1, grade: 1}\n") == ""


def test_a_resume_that_did_not_wait_is_on_the_list_until_the_reaction_is_over() -> None:
    resumed = "  - {on: 2026-03-30, event: resumed, treatment: regorafenib, level: -1, dose: 80 mg}\n"
    over = "  - {on: 2026-04-02, event: resolved, ae: 1}\n"

    def waiting(*events: str) -> list[str]:
        who = patient(CONTROL, SKIN, HELD, *events, subject="CTL-001")
        return [str(line.title) for line in the_day("04-03", who).decisions if line.flags == ("resumed-early",)]

    assert waiting(resumed) == [
        "2026-03-30: regorafenib was resumed too early: hand-foot syndrome is grade 3, a resume asks for grade 0-1 "
        "[hand-foot-skin-reaction.6.3]"
    ]
    assert waiting(resumed, over) == []


def test_a_hold_without_a_limit_in_the_protocol() -> None:
    held = "  - {on: 2026-04-01, event: held, treatment: toripalimab, reason: AE 1}\n"
    (line,) = [line for line in the_day("04-10", patient(EXPERIMENTAL, held)).decisions if line.status == "held"]
    assert str(line.to_do) == "9 days held: resume or discontinue"
    assert (line.days_left, line.window) == (None, None)


def test_a_booking_that_became_void_waits_for_a_person() -> None:
    # Booked for 30 March; then the cycle is put off to 1 April.
    booked = "  - {on: 2026-03-20, event: booked, entry: regorafenib.2.1, to: 2026-03-30}\n"
    delayed = (
        "  - {on: 2026-03-25, event: delayed, treatment: regorafenib, cycle: 2, until: 2026-04-01, reason: travel}\n"
    )
    found = the_day("03-26", patient(CONTROL, booked, delayed, subject="CTL-001"))
    (line,) = [line for line in found.decisions if line.flags == ("booking-void",)]
    assert (line.entry, line.date, str(line.to_do)) == ("regorafenib.2.1", on("04-01"), "book another day")
    assert str(line.title).startswith("the booking is void: ")


def test_a_visit_without_an_open_day_waits_for_a_person() -> None:
    closed = [date(2026, 3, day) for day in range(7, 12)]
    found = the_day("03-05", patient(EXPERIMENTAL, closed=closed))
    assert ("c1d8.1", ("no-open-day",)) in {(line.entry, line.flags) for line in found.decisions}


def test_a_follow_up_that_waits_for_a_record_says_which() -> None:
    # Radiotherapy was planned from 23 March on, the second infusion after it, and nobody says whether any of it was given;
    # then the treatment ends.
    ended = "  - {on: 2026-04-10, event: end of treatment, reason: progression}\n"
    found = the_day("04-13", patient(EXPERIMENTAL, ended))
    waiting = {line.entry: str(line.to_do) for line in found.decisions if line.status == "pending"}
    assert set(waiting) == {"safety-30.1", "safety-90.1"}
    assert waiting["safety-90.1"].startswith("it waits for a record: say whether toripalimab.2 was given")
    assert "whether radiotherapy.1 was given; whether radiotherapy.2 was given" in waiting["safety-30.1"]
    assert "radiotherapy.1" in {line.entry for line in found.overdue}


def test_a_dose_awaiting_a_decision_is_listed_until_somebody_decides() -> None:
    whole = patient(CONTROL, subject="CTL-001")
    entries = tuple(
        entry._replace(flags=(Flag.AWAITING_DECISION,)) if entry.id == "regorafenib.2" else entry
        for entry in whole.calendar.entries
    )
    waiting = replace(whole, calendar=replace(whole.calendar, entries=entries))
    found = the_day("03-25", waiting)
    (line,) = found.decisions
    assert (line.entry, line.status) == ("regorafenib.2.1", "awaiting decision")
    assert str(found.due[0].to_do) == "start the cycle and record its first day, after the decision"


def test_findings_about_what_is_over_belong_to_the_deviations() -> None:
    whole = patient(CONTROL, subject="CTL-001")
    about_done = Finding("gap-too-long", Severity.WARNING, "a gap", None, entry="regorafenib.1")
    about_planned = replace(about_done, entry="regorafenib.2")
    calendar = replace(whole.calendar, findings=(about_done, about_planned))
    found = the_day("03-25", replace(whole, calendar=calendar))
    assert [(line.entry, str(line.to_do)) for line in found.decisions] == [
        ("regorafenib.2.1", "look at it and put it right")
    ]


def test_two_patients_by_day_and_then_by_number() -> None:
    found = the_day("03-30", patient(EXPERIMENTAL), patient(CONTROL, subject="CTL-001"), ahead_days=0)
    assert [(line.subject, line.entry) for line in found.due] == [
        ("CTL-001", "regorafenib.2.1"),
        ("EXP-001", "regorafenib.2.1"),
        ("EXP-001", "toripalimab.2"),
    ]


def test_the_json_has_the_four_public_keys() -> None:
    keys = the_day("03-30", patient(CONTROL, subject="CTL-001"), ahead_days=0).as_keys()
    assert list(keys) == ["study", "on", "ahead_days", "due", "closing", "overdue", "decisions"]
    assert keys["due"] == [
        {
            "subject": "CTL-001",
            "entry": "regorafenib.2.1",
            "title": "Regorafenib, cycle 2",
            "date": "2026-03-30",
            "time": None,
            "window": ["2026-03-27", "2026-04-02"],
            "days_left": 3,
            "status": "planned",
            "flags": [],
            "to_do": "start the cycle and record its first day",
        }
    ]


def test_the_table_names_the_list_in_its_first_column() -> None:
    table = the_day("03-30", patient(CONTROL, subject="CTL-001"), ahead_days=0).table()
    assert table.title == "REGO-TORI-RT worklist, 2026-03-30"
    assert table.columns[:4] == ("list", "subject", "entry", "title")
    assert "due today  CTL-001" in table_as_text(table, width=200)


def test_a_study_without_patients_has_nothing_to_do() -> None:
    assert the_day("03-30").table().rows == ()
