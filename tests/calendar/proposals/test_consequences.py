"""What each option would do to the coming dates, before anybody decides."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.comparing.compare import ABOUT_ENTRIES
from scheduler.calendar.comparing.consequences import consequences, decision_on
from scheduler.calendar.comparing.whatif import Comparison
from scheduler.site.site import EVERY_DAY
from tests.calendar.proposals.patients import CONTROL, SKIN, SKIN_RULE, calendar, proposal, stands, tablets
from tests.dosing.story import told
from tests.seed import VERSION


def of_option(number: int) -> list[str]:
    found = proposal(CONTROL + SKIN, f"{SKIN_RULE}.3")
    option = found.options[number - 1]
    until = date(2026, 4, 30)
    changes = consequences(VERSION, EVERY_DAY, told(CONTROL + SKIN), found, option, "CTL-001", until).changes
    return [str(change.sentence) for change in changes if change.what in ABOUT_ENTRIES]


def test_hold_and_reduce() -> None:
    assert of_option(1) == [
        "regorafenib.1, days 15-21: held; it was 120 mg, awaiting decision",
        "regorafenib.2 loses its date, Mon 30 Mar 2026: it waits for when the hold ends, not before Mon 30 Mar 2026",
        "c2d15.1 loses its date, Mon 13 Apr 2026: it waits for regorafenib.2",
        "regorafenib.3 of Mon 27 Apr 2026 is no longer on the calendar",
    ]


def test_continue_unchanged_takes_only_the_flags_away() -> None:
    assert of_option(2) == [
        "regorafenib.1, days 15-21: 120 mg; it was 120 mg, awaiting decision",
        "regorafenib.2, days 1-21: 120 mg; it was 120 mg, awaiting decision",
        "regorafenib.3, days 1-4: 120 mg; it was 120 mg, awaiting decision",
    ]


def test_hold_keeps_the_level_and_is_told_to_be_less_than_the_protocol_asks() -> None:
    assert of_option(3) == of_option(1)
    decided = CONTROL + SKIN + f"2026-03-16 decided, proposal: {SKIN_RULE}.3, action: hold, by: Dr Example\n"
    assert stands(decided) == {f"{SKIN_RULE}.3": "decided otherwise"}
    assert tablets(calendar(decided), 1) == ["1-1 120 mg done", "2-14 120 mg planned", "15-21 held"]
    resumed = calendar(decided + "2026-03-30 resumed, treatment: regorafenib\n")
    assert tablets(resumed, 2) == ["1-21 120 mg planned"]


def test_reduce_by_one_level() -> None:
    assert of_option(4) == [
        "regorafenib.1, days 15-21: 80 mg (level -1); it was 120 mg, awaiting decision",
        "regorafenib.2, days 1-21: 80 mg (level -1); it was 120 mg, awaiting decision",
        "regorafenib.3, days 1-4: 80 mg (level -1); it was 120 mg, awaiting decision",
    ]


def test_discontinue() -> None:
    sentences = of_option(5)
    assert "regorafenib.1, days 15-21: cancelled; it was 120 mg, awaiting decision" in sentences
    assert "end-of-treatment.1 waits no longer: Mon 16 Mar 2026, planned" in sentences


def of_hold(on: date | None, subject: str | None = None) -> Comparison:
    found = proposal(CONTROL + SKIN, f"{SKIN_RULE}.3")
    log = told(CONTROL + SKIN)
    return consequences(VERSION, EVERY_DAY, log, found, found.options[2], subject, date(2026, 4, 30), on)


def test_decided_on_a_later_day_it_holds_from_that_day() -> None:
    days = [str(change.sentence) for change in of_hold(date(2026, 3, 18)).changes if " days " in str(change.sentence)]
    assert days[:2] == [
        "regorafenib.1, days 15-16: 120 mg; it was 120 mg, awaiting decision",
        "regorafenib.1, days 17-21: held; it was 120 mg, awaiting decision",
    ]


def test_without_a_day_it_is_the_last_day_of_the_log() -> None:
    log = told(CONTROL + SKIN + "2026-03-20 unscheduled visit\n")
    found = proposal(CONTROL + SKIN, f"{SKIN_RULE}.3")
    assert [decision_on(each, found, found.options[0]).on for each in (told(CONTROL + SKIN), log)] == [
        date(2026, 3, 16),
        date(2026, 3, 20),
    ]


def test_both_calendars_are_the_subjects_own() -> None:
    found = of_hold(None, "CTL-001")
    assert (found.before.subject, found.after.subject) == ("CTL-001", "CTL-001")
    assert (found.before.until, found.after.until) == (date(2026, 4, 30), date(2026, 4, 30))
