"""Extra tests become entries of the calendar, from the event on, until a measurement is good enough."""

from __future__ import annotations

from tests.calendar.proposals.patients import CONTROL, EXPERIMENTAL, calendar

RISE = "2026-03-16 measured, test: ALT, value: 160, unit: U/L, upper_limit: 40\n"
HIGH = "2026-03-16 measured, test: ALT, value: 240, unit: U/L, upper_limit: 40\n"


def extra_tests(story: str) -> list[tuple[str, str, str]]:
    found = [entry for entry in calendar(story).entries if entry.timeline == "monitoring"]
    return [(entry.id, str(entry.date), entry.status.value) for entry in found]


def test_weekly_from_the_event_on_where_treatment_continues() -> None:
    assert extra_tests(CONTROL + RISE) == [
        ("monitoring.3.1", "2026-03-23", "planned"),
        ("monitoring.3.2", "2026-03-30", "planned"),
        ("monitoring.3.3", "2026-04-06", "planned"),
        ("monitoring.3.4", "2026-04-13", "planned"),
    ]


def test_they_are_laboratory_tests_and_say_why() -> None:
    entry = calendar(CONTROL + RISE).by_id["monitoring.3.1"]
    assert (entry.kind.value, entry.title, entry.activities) == (
        "laboratory",
        "Liver tests, extra",
        ("liver tests",),
    )
    assert [type(reason).__name__ for reason in entry.because.set_by] == [
        "Clause",
        "Event",
    ]


def test_they_count_from_the_one_before_as_it_was_done() -> None:
    story = CONTROL + RISE + "2026-03-24 measured, test: ALT, value: 150, unit: U/L, upper_limit: 40\n"
    assert extra_tests(story)[:3] == [
        ("monitoring.3.1", "2026-03-24", "done"),
        ("monitoring.3.2", "2026-03-31", "planned"),
        ("monitoring.3.3", "2026-04-07", "planned"),
    ]


def test_they_end_below_three_times_the_limit() -> None:
    story = CONTROL + RISE + "2026-03-24 measured, test: ALT, value: 110, unit: U/L, upper_limit: 40\n"
    assert extra_tests(story) == [("monitoring.3.1", "2026-03-24", "done")]


def test_or_back_at_the_baseline() -> None:
    story = CONTROL + "2026-03-01 measured, test: ALT, value: 130, unit: U/L, upper_limit: 40\n"
    story += "2026-03-16 measured, test: ALT, value: 170, unit: U/L, upper_limit: 40\n"
    # Above three times the limit from the start, so nothing new came up.
    assert extra_tests(story) == []


def test_beside_a_hold_they_come_with_the_decision() -> None:
    assert extra_tests(CONTROL + HIGH) == []
    story = CONTROL + HIGH + "2026-03-16 held, treatment: regorafenib, reason: ALT\n"
    assert [entry for entry, _, _ in extra_tests(story)] == [f"monitoring.3.{n}" for n in (1, 2, 3, 4)]


def test_at_least_four_weeks_though_the_value_is_good_before() -> None:
    story = CONTROL + HIGH + "2026-03-16 held, treatment: regorafenib, reason: ALT\n"
    story += "2026-03-23 measured, test: ALT, value: 40, unit: U/L, upper_limit: 40\n"
    assert [day for _, day, _ in extra_tests(story)] == [
        "2026-03-23",
        "2026-03-30",
        "2026-04-06",
        "2026-04-13",
    ]


def test_a_later_rise_takes_the_series_over() -> None:
    story = CONTROL + RISE + "2026-03-23 measured, test: ALT, value: 300, unit: U/L, upper_limit: 40\n"
    story += "2026-03-23 held, treatment: regorafenib, reason: ALT\n"
    assert [entry for entry, _, _ in extra_tests(story)] == [
        "monitoring.3.1",
        *(f"monitoring.4.{n}" for n in (1, 2, 3, 4)),
    ]


def test_one_event_has_one_series_whatever_the_number_of_drugs() -> None:
    found = extra_tests(EXPERIMENTAL + RISE)
    assert len(found) == len({entry for entry, _, _ in found}) == 4


def test_struck_with_the_event() -> None:
    assert extra_tests(CONTROL + RISE + "2026-03-17 struck, number: 3, reason: another patient\n") == []


def test_blood_pressure_until_the_hypertension_is_over() -> None:
    story = CONTROL + "2026-03-16 adverse event, ae: 1, term: Hypertension, grade: 1\n"
    assert [day for _, day, _ in extra_tests(story)] == [
        "2026-03-23",
        "2026-03-30",
        "2026-04-06",
        "2026-04-13",
    ]
    assert [day for _, day, _ in extra_tests(story + "2026-04-01 resolved, ae: 1")] == [
        "2026-03-23",
        "2026-03-30",
    ]
