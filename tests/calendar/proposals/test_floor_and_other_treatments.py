"""The lowest level ends one treatment and not the other; steroids have a clock of their own."""

from __future__ import annotations

from datetime import date

from tests.calendar.proposals.patients import EXPERIMENTAL, calendar, proposal, stands

AT_THE_FLOOR = (
    EXPERIMENTAL
    + "2026-03-09 dose changed, treatment: regorafenib, level: -1, dose: 40 mg\n"
    + "2026-03-16 adverse event, ae: 1, term: hand-foot syndrome, grade: 3, related: [regorafenib]\n"
)


def test_below_the_lowest_level_regorafenib_ends_and_toripalimab_goes_on() -> None:
    found = proposal(AT_THE_FLOOR, "hand-foot-skin-reaction.6.5")
    assert (found.options[0].action.discontinue, found.options[0].instead_of is not None) == (True, True)
    decided = AT_THE_FLOOR + "2026-03-16 decided, proposal: hand-foot-skin-reaction.6.5, action: '1', by: Dr Example\n"
    entries = {entry.id: entry.status.value for entry in calendar(decided, until="2026-05-31").entries}
    assert {
        status for name, status in entries.items() if name.startswith("regorafenib.") and name > "regorafenib.1"
    } == {"cancelled"}
    assert [name for name, status in entries.items() if name.startswith("toripalimab.") and status == "planned"] == [
        "toripalimab.2",
        "toripalimab.3",
        "toripalimab.4",
        "toripalimab.5",
    ]


def test_where_two_reductions_are_impossible_the_floor_is_met_with_the_earlier() -> None:
    """A second time calls for a reduction at once, no improvement within 7 days for another; the study's own rule comes first."""
    first = "2026-03-09 adverse event, ae: 1, term: hand-foot syndrome, grade: 2\n2026-03-12 resolved, ae: 1\n"
    lower = "2026-03-16 dose changed, treatment: regorafenib, level: -1, dose: 40 mg\n"
    second = "2026-03-23 adverse event, ae: 2, term: hand-foot syndrome, grade: 2\n2026-04-13 unscheduled visit\n"
    found = {each.id: each.raised for each in calendar(EXPERIMENTAL + first + lower + second).proposals}
    assert found["hand-foot-skin-reaction.3.7"] == date(2026, 3, 30)
    assert found["hand-foot-skin-reaction.4.7"] == date(2026, 3, 23)
    assert found["regorafenib-limits.2.7"] == date(2026, 3, 23)


def test_an_adverse_event_of_another_treatment_lowers_nothing() -> None:
    skin = "2026-03-30 adverse event, ae: 1, term: Dermatitis radiation, grade: 3, related: [radiotherapy]\n"
    assert stands(EXPERIMENTAL + skin) == {}


STEROIDS = EXPERIMENTAL + "2026-03-16 medicine started, name: prednisone, dose: 60 mg\n"
"""Twelve weeks from 16 March are over with 8 June."""


def clock(*lines: str) -> list[str]:
    story = STEROIDS + "".join(f"{line}\n" for line in lines)
    return [name for name in stands(story) if name.startswith("toripalimab-limits.2")]


def test_ten_milligrams_on_the_last_day_of_twelve_weeks_are_in_time() -> None:
    assert clock("2026-06-08 medicine changed, name: prednisone, dose: 10 mg", "2026-06-09 unscheduled visit") == []
    assert clock("2026-06-09 medicine changed, name: prednisone, dose: 10 mg") == ["toripalimab-limits.2.4"]
    assert clock("2026-06-08 medicine changed, name: prednisone, dose: 11 mg", "2026-06-09 unscheduled visit") == [
        "toripalimab-limits.2.4"
    ]


def test_the_clock_begins_anew_on_the_first_day_above_after_one_that_was_not() -> None:
    """From 18 May twelve weeks are over with 10 August."""
    for lower in ("medicine changed, name: prednisone, dose: 10 mg", "medicine stopped, name: prednisone"):
        again = (f"2026-04-20 {lower}", "2026-05-18 medicine started, name: prednisone, dose: 40 mg")
        assert clock(*again, "2026-08-10 unscheduled visit") == []
        assert clock(*again, "2026-08-11 unscheduled visit") == ["toripalimab-limits.2.6"]


def test_84_days_between_doses_are_in_time_and_85_are_not() -> None:
    story = EXPERIMENTAL + "2026-03-16 held, treatment: toripalimab, reason: AE 1\n"
    assert date(2026, 3, 2).toordinal() + 84 == date(2026, 5, 25).toordinal()
    assert stands(story + "2026-05-25 given, treatment: toripalimab, n: 2\n") == {}
    assert stands(story + "2026-05-26 given, treatment: toripalimab, n: 2\n") == {"toripalimab-limits.1.3": "open"}
