"""Stories of fewest trips, counted by hand. 2 March 2026 is a Monday, and the site is open from Monday to Friday."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest

from scheduler.bundling import Bundle, ToPlan, bundle
from scheduler.bundling.occurrence import Occurrence
from scheduler.bundling.search import Found, TimeToSearch
from scheduler.bundling.telling import in_sentences
from scheduler.calendar.entries.entry import Flag
from scheduler.site.capacity import Capacity
from scheduler.site.site import EVERY_DAY, Site
from tests.dosing.story import told
from tests.studies.telling import study

bundling: Any = import_module("scheduler.bundling.bundle")
ON = date(2026, 3, 2)
OPEN = EVERY_DAY.with_days()
STUDY = """
study days: first dose is Day 1
treatments:
  infusion:
    when:
      1: on first dose
      then: 21 days ±3 after the previous dose
    until: 6 doses
    open: infusion
    if closed: nearest
    give: 1 mg intravenously
visits:
  imaging: {when: every 6 weeks ±7 days from randomisation, until: 1 year after randomisation, open: imaging}
"""
STARTED = "2026-02-27 randomised, arm: all\n2026-03-02 given, treatment: infusion, n: 1\n"


def patient(story: str = STARTED, site: Site = OPEN, text: str = STUDY, subject: str = "S-1") -> ToPlan:
    return ToPlan(study(text), site, told(story), subject)


def planned(*patients: ToPlan, until: str = "2026-04-20", capacity: dict[str, int] | None = None) -> Bundle:
    return bundle(patients, on=ON, until=date.fromisoformat(until), capacity=capacity, seconds=30)


def moves(found: Bundle) -> list[tuple[str, str, str]]:
    return [(each.entry, str(each.after), str(each.why)) for plan in found.patients for each in plan.moves]


def test_a_scan_goes_to_the_day_of_an_infusion() -> None:
    # Doses 2 and 3 are on Monday 23 March and 13 April. The scan is ideally 42 days after 27 February, on Friday 10 April
    # (3 to 17 April); on the 13th it is 3 days off, and nothing else moves.
    found = planned(patient())
    assert (found.before, found.after, found.saves, found.proven) == (3, 2, 1, True)
    assert moves(found) == [("imaging.1", "2026-04-13", "with infusion.3 on Monday 13 April 2026: one trip fewer")]
    assert [str(each) for each in in_sentences(found)] == [
        "3 trips after Monday 2 March 2026 and up to Monday 20 April 2026, as the calendar stands.",
        "2 trips as proposed: 1 fewer.",
        "It is proven that no plan inside these windows has fewer trips.",
    ]


def test_a_dose_before_moves_so_that_the_next_can_share_a_day_which_follows_by_itself() -> None:
    # The scan is 53 days after 27 February, on Tuesday 21 April, or a day earlier or later. Dose 2 is on Monday 23 March ±3,
    # so on Thursday 26 March at the latest; dose 3 is then on 16 April ±3, at the latest on Sunday 19 April: a day too early.
    text = STUDY.replace("every 6 weeks ±7 days", "every 53 days ±1 day")
    assert not moves(planned(patient(text=text), until="2026-04-23"))
    # With ±4 doses 2 and 3 together move by 7 days, to Monday 20 April, 28 days after 23 March: at most 4 of them each. The
    # 21st would be as far from all ideal days together, with the scan nearer and the doses farther.
    found = planned(patient(text=text.replace("±3", "±4")), until="2026-04-23")
    assert (found.before, found.after) == (3, 2)
    dose_2, dose_3, scan = found.patients[0].moves
    assert (dose_2.entry, dose_3.entry, scan.entry) == ("infusion.2", "imaging.1", "infusion.3")
    assert dose_3.after == scan.after == date(2026, 4, 20)
    assert dose_2.after in (date(2026, 3, 26), date(2026, 3, 27))
    assert str(dose_2.why) == "so that infusion.3 can be with imaging.1 on Monday 20 April 2026"


def test_what_is_proposed_is_what_the_calendar_says_once_it_is_booked() -> None:
    one = patient(text=STUDY.replace("every 6 weeks ±7 days", "every 53 days ±1 day").replace("±3", "±4"))
    found = planned(one, until="2026-04-23").patients[0]
    after = one.with_events(found.events).calendar(date(2026, 7, 1))
    assert {each.entry: after.by_id[each.entry].date for each in found.moves} == {
        each.entry: each.after for each in found.moves
    }
    assert not after.findings
    assert not [each.id for each in after.entries if Flag.OUT_OF_WINDOW in each.flags]


def test_what_is_booked_stays_and_others_join_it() -> None:
    booked = f"{STARTED}2026-03-02 booked, entry: imaging.1, to: 2026-04-15\n"
    found = planned(patient(booked))
    assert (found.after, found.proven) == (2, True)
    assert moves(found) == [
        # 15 April is 23 days after 23 March: inside 10 to 16 April.
        ("infusion.3", "2026-04-15", "with imaging.1 on Wednesday 15 April 2026: one trip fewer")
    ]


def test_nothing_moves_where_nothing_is_saved() -> None:
    found = planned(patient(), until="2026-04-09")
    assert (found.before, found.after, found.moves_nothing, found.proven) == (1, 1, True, True)


def test_no_plan_without_an_arm() -> None:
    found = planned(patient("2026-02-27 consented\n", text=STUDY))
    assert (found.before, found.moves_nothing) == (0, True)


def test_two_patients_and_one_chair() -> None:
    # Both would come on 23 March and 13 April. One of them moves, with the next dose following it.
    found = planned(patient(), patient(subject="S-2"), until="2026-04-09", capacity={"infusion": 1})
    assert (found.before, found.after, found.proven) == (2, 2, True)
    (move,) = [each for plan in found.patients for each in plan.moves if each.booked]
    assert (move.entry, move.before, abs(move.after - move.before)) == (
        "infusion.2",
        date(2026, 3, 23),
        timedelta(days=1),
    )
    assert str(move.why) == "infusion has no room for all on Monday 23 March 2026"


def test_plans_of_one_patient_each_are_taken_where_they_leave_room_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    # Each alone: the scan goes to dose 3, on Monday 13 April, and nothing else moves. With two chairs both come on these days,
    # and nothing more is searched; with one chair one has to move, which only a search for both together can find.
    searches: list[int] = []
    ways = bundling.search

    def counted(known: Iterable[Occurrence], *more: Any) -> Found:
        known = tuple(known)
        searches.append(len({each.key.patient for each in known}))
        found: Found = ways(known, *more)
        return found

    monkeypatch.setattr(bundling, "search", counted)
    both = patient(), patient(subject="S-2")
    found = planned(*both, capacity={"infusion": 2, "imaging": 2})
    assert (searches, found.before, found.after, found.proven, found.at_least) == ([1, 1], 6, 4, True, 4)
    assert [name for name, _, _ in moves(found)] == ["imaging.1", "imaging.1"]
    searches.clear()
    found = planned(*both, capacity={"infusion": 1, "imaging": 2})
    assert (searches[:3], found.after, found.proven) == ([1, 1, 2], 4, True)
    # Who stays takes a chair too: then one chair is not enough, and two are.
    others = [replace(both[0], stays=True), both[1], replace(both[1], subject="S-3")]
    searches.clear()
    assert planned(*others, capacity={"infusion": 3}).proven
    assert searches == [1, 1]
    planned(*others, capacity={"infusion": 2})
    assert searches[2:5] == [1, 1, 3]


def test_who_stays_only_takes_room() -> None:
    found = planned(
        replace(patient(), stays=True), patient(subject="S-2"), until="2026-04-09", capacity={"infusion": 1}
    )
    assert [(plan.subject, len(plan.moves)) for plan in found.patients] == [("S-2", 1)]


def test_rules_that_clash_are_named() -> None:
    # Closed from Friday 3 April to Sunday 26 April. The scan may be from 3 to 17 April. Dose 2 is from 20 to 26 March, open
    # or not, so dose 3 is from 7 April, 18 days after the 20th, to 19 April, 24 days after the 26th.
    closed = [date(2026, 4, 3) + timedelta(days=each) for each in range(24)]
    found = planned(patient(site=EVERY_DAY.with_days(closed)), until="2026-05-10")
    assert found.moves_nothing
    assert sorted([str(each) for each in clash] for clash in found.clashes) == [
        ["imaging is closed from Friday 3 April 2026 to Friday 17 April 2026, for imaging.1"],
        ["infusion is closed from Tuesday 7 April 2026 to Sunday 19 April 2026, for infusion.3"],
    ]


def test_appointments_that_leave_no_room_are_named() -> None:
    booked = f"{STARTED}2026-03-02 booked, entry: infusion.2, to: 2026-03-23\n"
    both = (patient(booked), patient(booked, subject="S-2"))
    found = planned(*both, until="2026-04-09", capacity={"infusion": 1})
    assert [[str(each) for each in clash] for clash in found.clashes] == [
        ["infusion has room for 1 on Monday 23 March 2026"]
    ]


def test_the_room_that_the_site_says_counts_without_being_asked_for() -> None:
    one = replace(OPEN, capacities={"infusion": Capacity(patients=1)})
    found = planned(patient(site=one), patient(site=one, subject="S-2"), until="2026-04-09")
    assert [each.booked for plan in found.patients for each in plan.moves] == [True]


def test_patients_of_two_sites_do_not_take_each_others_room() -> None:
    elsewhere = replace(OPEN, name="elsewhere")
    found = planned(patient(), patient(site=elsewhere, subject="S-2"), until="2026-04-09", capacity={"infusion": 1})
    assert found.moves_nothing


def test_a_patient_whose_rules_clash_keeps_no_other_from_a_plan() -> None:
    # The scan of S-1 may be from 11 to 13 April, a Saturday to a Monday, and imaging is closed on that Monday for both.
    closed = EVERY_DAY.with_days([date(2026, 4, 13)])
    text = STUDY.replace("every 6 weeks ±7 days", "every 44 days ±1 day")
    wide = STUDY.replace("every 6 weeks ±7 days", "every 50 days ±4 days")
    found = planned(
        patient(site=closed, text=text), patient(site=closed, text=wide, subject="S-2"), capacity={"imaging": 1}
    )
    stuck, other = found.patients
    assert (stuck.moves, [[str(each) for each in clash] for clash in stuck.clashes]) == (
        (),
        [["imaging is closed from Saturday 11 April 2026 to Monday 13 April 2026, for imaging.1"]],
    )
    assert (len(other.before), other.saves, other.clashes) == (3, 1, ())
    assert found.proven


def test_the_time_is_for_all_searches_together_and_what_one_leaves_the_next_may_use() -> None:
    time = TimeToSearch(9)
    first = time.share(3)
    assert (first.left, time.left) == (3, 6)
    first.left -= 1  # a search took a second
    time.give_back(first)
    assert time.left == 8


def test_without_any_time_nothing_is_proposed_that_was_not_looked_for_and_nothing_is_called_proven() -> None:
    found = bundle([patient(), patient(subject="S-2")], on=ON, until=date(2026, 4, 20), seconds=0)
    assert (found.before, found.seconds) == (6, 0)
    assert found.after <= found.before
    assert found.proven == (found.after == found.at_least)


def test_a_rule_that_clashes_says_whose_it_is_where_there_are_several() -> None:
    # Dose 2 may be from Friday 20 to Thursday 26 March, and of these days only Monday 23 March is open, for one patient.
    closed = [date(2026, 3, 20), date(2026, 3, 24), date(2026, 3, 25), date(2026, 3, 26)]
    site = EVERY_DAY.with_days([*closed, date(2026, 3, 21), date(2026, 3, 22)])
    found = planned(patient(site=site), patient(site=site, subject="S-2"), until="2026-03-30", capacity={"infusion": 1})
    (clash,) = found.clashes
    assert {str(each) for each in clash} >= {
        "S-1: infusion is closed from Friday 20 March 2026 to Sunday 22 March 2026, for infusion.2",
        "S-2: infusion is closed from Tuesday 24 March 2026 to Thursday 26 March 2026, for infusion.2",
        "infusion has room for 1 on Monday 23 March 2026",
    }
