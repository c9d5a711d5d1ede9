"""Where a rule turns on one day: what happens on that very day, and what a day sooner or later. Days were counted by hand.

2 March 2026 is a Monday and the first dose; the site is open on every day.
"""

from __future__ import annotations

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.entry import Calendar, Flag, Status
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import calendar, told
from tests.seed import VERSION

STARTED = """2026-02-27 randomised, arm: experimental
2026-03-02 cycle started, treatment: regorafenib, cycle: 1
2026-03-02 given, treatment: toripalimab, n: 1
"""
FOUR_FRACTIONS = "".join(f"2026-03-{22 + n} given, treatment: radiotherapy, n: {n}\n" for n in range(1, 5))


def codes(story: str) -> list[str]:
    return [finding.code for finding in calendar(STARTED + story, "2026-06-30").findings]


def broken(story: str, what: str) -> list[tuple[str | None, int | None]]:
    """The entry and the days beyond, of each deviation of a kind."""
    found = deviations_of(VERSION, EVERY_DAY, told(STARTED + story))
    return [(each.entry, each.days_off) for each in found if each.kind.value == what]


def stands(found: Calendar, name: str) -> str:
    entry = found.by_id[name]
    return f"{entry.date} {entry.status.value}"


@pytest.mark.parametrize(
    ("fifth", "too_long"),
    [("2026-04-05", []), ("2026-04-06", [("radiotherapy.5", 1)]), ("2026-04-08", [("radiotherapy.5", 3)])],
)
def test_a_course_counts_its_first_and_its_last_day(fifth: str, too_long: list[tuple[str, int]]) -> None:
    # 23 March to 5 April are fourteen days.
    story = f"{FOUR_FRACTIONS}{fifth} given, treatment: radiotherapy, n: 5\n"
    assert broken(story, "took too long") == too_long
    assert ("takes-too-long" in codes(story)) == bool(too_long)


@pytest.mark.parametrize(
    ("second", "too_long"),
    [("2026-05-25", []), ("2026-05-26", [("toripalimab.2", 1)]), ("2026-05-28", [("toripalimab.2", 3)])],
)
def test_a_gap_is_the_difference_of_two_days(second: str, too_long: list[tuple[str, int]]) -> None:
    # From 2 March to 25 May are 84 days.
    story = f"{second} given, treatment: toripalimab, n: 2\n"
    assert broken(story, "gap too long") == too_long
    assert ("gap-too-long" in codes(story)) == bool(too_long)


def test_a_course_that_is_too_long_is_told_in_its_days() -> None:
    story = f"{FOUR_FRACTIONS}2026-04-06 given, treatment: radiotherapy, n: 5\n"
    (told_so,) = [each.message for each in calendar(STARTED + story).findings if each.code == "takes-too-long"]
    assert told_so == "radiotherapy takes 15 days from first to last, more than 14 days"


@pytest.mark.parametrize(
    ("first", "late"),
    [("2026-04-05", []), ("2026-04-06", [("radiotherapy.1", 1)]), ("2026-04-09", [("radiotherapy.1", 4)])],
)
def test_the_last_day_to_start_is_in_time(first: str, late: list[tuple[str, int]]) -> None:
    # Study Day 35 is 5 April.
    story = f"{first} given, treatment: radiotherapy, n: 1\n"
    assert broken(story, "started late") == late
    assert ("starts-late" in codes(story)) == bool(late)


def test_on_the_day_of_the_fraction_before_nothing_can_be_booked() -> None:
    given = "2026-03-23 given, treatment: radiotherapy, n: 1\n"
    same = f"{given}2026-03-23 booked, entry: radiotherapy.2, to: 2026-03-23\n"
    found = calendar(STARTED + same, "2026-06-30")
    assert stands(found, "radiotherapy.2") == "2026-03-24 planned"
    assert [(each.code, each.entry, each.message) for each in found.findings if each.code == "booking-void"] == [
        ("booking-void", "radiotherapy.2", "the booking is void: it does not lie after radiotherapy.1")
    ]
    # The third waits for the second, which is booked on the same day.
    both = f"{given}2026-03-23 booked, entry: radiotherapy.2, to: 2026-03-27\n" + (
        "2026-03-23 booked, entry: radiotherapy.3, to: {day}\n"
    )
    assert stands(calendar(STARTED + both.format(day="2026-03-27"), "2026-06-30"), "radiotherapy.3") == (
        "2026-03-28 planned"
    )
    assert stands(calendar(STARTED + both.format(day="2026-03-29"), "2026-06-30"), "radiotherapy.3") == (
        "2026-03-29 planned"
    )


def test_the_day_after_the_fraction_before_can_be_booked() -> None:
    story = """2026-03-23 given, treatment: radiotherapy, n: 1
2026-03-23 booked, entry: radiotherapy.2, to: 2026-03-24
"""
    found = calendar(STARTED + story, "2026-06-30")
    assert stands(found, "radiotherapy.2") == "2026-03-24 planned"
    assert Flag.BOOKED in found.by_id["radiotherapy.2"].flags
    assert "booking-void" not in codes(story)


ONE_HOLD = """2026-03-18 held, treatment: {treatment}, reason: AE 1
2026-03-31 resumed, treatment: {treatment}, reason: AE 1
"""
TWO_HOLDS = """2026-03-18 held, treatment: {treatment}, reason: AE 1
2026-03-25 resumed, treatment: {treatment}, reason: AE 1
2026-03-25 held, treatment: {treatment}, reason: AE 2
2026-03-31 resumed, treatment: {treatment}, reason: AE 2
"""
A_DAY_BETWEEN = TWO_HOLDS.replace("2026-03-25 held", "2026-03-26 held")


def of_treatment(story: str, treatment: str) -> list[tuple[object, ...]]:
    """All that the calendar says of a treatment's dates: each day of tablets with what it is."""
    found = calendar(STARTED + story.format(treatment=treatment), "2026-05-31")
    return [
        (
            entry.id,
            entry.date,
            entry.ideal,
            entry.window,
            entry.status,
            entry.flags,
            {
                day: run.status
                for run in entry.runs
                for day in range(run.first_date.toordinal(), run.last_date.toordinal() + 1)
            },
        )
        for entry in found.entries
        if entry.timeline == treatment
    ]


@pytest.mark.parametrize("treatment", ["regorafenib", "toripalimab", "radiotherapy"])
@pytest.mark.parametrize("day", [None, *range(24, 32)])
def test_a_hold_that_begins_on_the_day_another_ends_goes_on_from_it(treatment: str, day: int | None) -> None:
    given = {
        None: "",
        "toripalimab": f"2026-03-{day} given, treatment: toripalimab, n: 2\n",
        "radiotherapy": f"2026-03-{day} given, treatment: radiotherapy, n: 1\n",
        "regorafenib": f"2026-03-{day} cycle started, treatment: regorafenib, cycle: 2\n",
    }[treatment if day is not None else None]
    assert of_treatment(TWO_HOLDS + given, treatment) == of_treatment(ONE_HOLD + given, treatment)


@pytest.mark.parametrize("holds", [ONE_HOLD, TWO_HOLDS])
@pytest.mark.parametrize(
    ("given", "ideal", "flags"),
    [
        ("2026-03-30", "2026-03-28", ["given during a hold"]),
        ("2026-03-31", "2026-03-31", []),
        ("2026-04-01", "2026-03-31", []),
    ],
)
def test_an_infusion_on_the_day_of_the_resume_has_waited_for_it(
    holds: str, given: str, ideal: str, flags: list[str]
) -> None:
    # Without the hold it was due on 28 March, a day after the last fraction; its window was 25 to 31 March.
    story = f"{holds.format(treatment='toripalimab')}{given} given, treatment: toripalimab, n: 2\n"
    entry = calendar(STARTED + story, "2026-06-30").by_id["toripalimab.2"]
    assert (str(entry.ideal), [flag.value for flag in entry.flags]) == (ideal, flags)


def test_a_day_between_two_holds_is_dosed() -> None:
    found = calendar(STARTED + A_DAY_BETWEEN.format(treatment="radiotherapy"), "2026-05-31")
    assert [stands(found, f"radiotherapy.{n}") for n in (1, 2)] == ["2026-03-25 planned", "2026-03-31 planned"]


def test_the_day_of_a_resume_is_dosed_and_the_first_day_of_the_next_hold_is_not() -> None:
    story = """2026-03-09 held, treatment: regorafenib, reason: AE 1
2026-03-12 resumed, treatment: regorafenib, reason: AE 1
2026-03-13 held, treatment: regorafenib, reason: AE 2
2026-03-16 resumed, treatment: regorafenib, reason: AE 2
"""
    runs = calendar(STARTED + story, "2026-03-29").by_id["regorafenib.1"].runs
    assert [(run.first_day, run.last_day, run.status.value) for run in runs] == [
        (1, 1, "done"),
        (2, 7, "planned"),
        (8, 10, "held"),
        (11, 11, "planned"),
        (12, 14, "held"),
        (15, 21, "planned"),
    ]


@pytest.mark.parametrize(
    ("until", "planned", "found"),
    [
        ("2026-04-01", "2026-03-30 planned", ["delay-in-the-past"]),
        ("2026-04-02", "2026-04-02 planned", []),
        ("2026-04-03", "2026-04-03 planned", []),
    ],
)
def test_a_delay_to_the_day_on_which_it_is_made_counts(until: str, planned: str, found: list[str]) -> None:
    story = f"2026-04-02 delayed, treatment: regorafenib, cycle: 2, until: {until}\n"
    assert stands(calendar(STARTED + story, "2026-06-30"), "regorafenib.2") == planned
    assert codes(story) == found


@pytest.mark.parametrize(("to", "void"), [("2026-04-06", True), ("2026-04-07", False)])
def test_a_cycle_can_be_booked_on_the_day_to_which_it_was_put_off(to: str, void: bool) -> None:
    story = f"""2026-03-25 delayed, treatment: regorafenib, cycle: 2, until: 2026-04-07
2026-03-25 booked, entry: regorafenib.2.1, to: {to}
"""
    assert stands(calendar(STARTED + story, "2026-06-30"), "regorafenib.2") == "2026-04-07 planned"
    assert ("booking-void" in codes(story)) == void


@pytest.mark.parametrize(
    ("event", "last"),
    [
        ("new anticancer therapy", "2026-04-24 planned"),
        ("progressed", "2026-04-24 planned"),
        ("died", "2026-04-24 planned"),
        ("withdrew, from: all", "2026-04-24 cancelled"),
    ],
)
def test_the_scan_of_the_day_itself(event: str, last: str) -> None:
    # 56 days after 27 February. Another therapy, progression and death end what comes after their day, a withdrawal its day too.
    on_the_day = calendar(f"{STARTED}2026-04-24 {event}\n", "2026-12-31")
    assert stands(on_the_day, "imaging.1") == last
    assert [each.id for each in on_the_day.entries if each.timeline == "imaging" and each.status is Status.PLANNED] == [
        "imaging.0",
        *(["imaging.1"] if last.endswith("planned") else []),
    ]
    the_day_before = calendar(f"{STARTED}2026-04-23 {event}\n", "2026-12-31")
    assert stands(the_day_before, "imaging.1") == "2026-04-24 cancelled"
    the_day_after = calendar(f"{STARTED}2026-04-25 {event}\n", "2026-12-31")
    assert stands(the_day_after, "imaging.1") == "2026-04-24 planned"


CONTROL = """2026-02-27 randomised, arm: control
2026-03-02 cycle started, treatment: regorafenib, cycle: 1
2026-03-30 cycle started, treatment: regorafenib, cycle: 2
"""


@pytest.mark.parametrize(
    ("withdrew", "planned"),
    [
        ("treatment", ["end-of-treatment", "imaging", "safety-30", "safety-90", "survival"]),
        ("visits", ["survival"]),
        ("all", []),
    ],
)
def test_what_is_still_planned_after_a_withdrawal(withdrew: str, planned: list[str]) -> None:
    found = calendar(f"{CONTROL}2026-04-10 withdrew, from: {withdrew}\n", "2026-12-31")
    later = {
        each.timeline
        for each in found.entries
        if each.status is Status.PLANNED and each.date is not None and str(each.date) >= "2026-04-10"
    }
    assert sorted(later) == planned


def test_contacts_go_on_after_a_withdrawal_from_visits_as_after_one_from_treatment() -> None:
    """The last tablets were taken on 9 April: 90 days on is 8 July, and a contact every 84 days after that."""
    contacts = [
        [
            f"{each.date} {each.status.value}"
            for each in calendar(f"{CONTROL}2026-04-10 withdrew, from: {withdrew}\n", "2027-01-31").entries
            if each.timeline == "survival"
        ]
        for withdrew in ("visits", "treatment")
    ]
    assert contacts == [["2026-09-30 planned", "2026-12-23 planned"]] * 2


REOPENED = "{day} resumed, treatment: regorafenib, level: 0, dose: 80 mg, override: benefit\n"


@pytest.mark.parametrize(
    "ended", ["discontinued, treatment: regorafenib, reason: toxicity", "end of treatment, reason: AE"]
)
def test_taken_up_again_on_the_day_of_the_stop_the_cycle_is_over_and_the_next_one_comes(ended: str) -> None:
    stopped = f"2026-03-16 {ended}\n"
    for day in ("2026-03-16", "2026-03-17"):
        found = calendar(STARTED + stopped + REOPENED.format(day=day), "2026-06-30")
        assert cancelled_days(found) == list(range(15, 22))
        assert stands(found, "regorafenib.2") == "2026-03-30 planned"
    # Taken up again before it was stopped: it is stopped.
    found = calendar(STARTED + REOPENED.format(day="2026-03-16") + stopped, "2026-06-30")
    assert cancelled_days(found) == list(range(15, 22))
    assert [each.id for each in found.entries if each.timeline == "regorafenib" and each.status is Status.PLANNED] == []


def test_a_cycle_that_begins_on_the_day_of_the_resume_is_whole() -> None:
    story = "2026-03-16 discontinued, treatment: regorafenib, reason: toxicity\n" + REOPENED.format(day="2026-03-30")
    story += "2026-03-30 cycle started, treatment: regorafenib, cycle: 2\n"
    runs = calendar(STARTED + story, "2026-06-30").by_id["regorafenib.2"].runs
    assert [(run.first_day, run.last_day, run.status.value) for run in runs] == [(1, 1, "done"), (2, 21, "planned")]


def cancelled_days(found: Calendar) -> list[int]:
    runs = found.by_id["regorafenib.1"].runs
    return [day for run in runs if run.status is Status.CANCELLED for day in range(run.first_day, run.last_day + 1)]
