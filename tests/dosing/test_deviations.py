"""The ledger of deviations, in stories: what was done otherwise than the protocol says, and what it says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

from hypothesis import given, settings

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.calendar.entries.entry import Flag, Status
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.protocol.text.protocol_text import DeviationWord
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import told
from tests.laws.examples import examples
from tests.laws.strategies import Patient, patients
from tests.seed import FOLDER, VERSION, ending_long_holds, site_with

CONTROL = """
    2026-05-08 randomised, arm: control
    2026-05-11 cycle started, treatment: regorafenib, cycle: 1
"""
EXPERIMENTAL = """
    2026-02-27 randomised, arm: experimental
    2026-03-02 cycle started, treatment: regorafenib, cycle: 1
    2026-03-02 given, treatment: toripalimab, n: 1
"""


def ledger(story: str, on: str | None = None, version: StudyVersion = VERSION) -> tuple[Deviation, ...]:
    return deviations_of(version, EVERY_DAY, told(story), on=date.fromisoformat(on) if on else None)


def lines(story: str, on: str | None = None) -> list[tuple[str, str | None, str, int | None]]:
    return [(each.kind.value, each.entry, str(each.date), each.days_off) for each in ledger(story, on)]


def test_undisturbed_patient_has_none() -> None:
    assert ledger(CONTROL) == ()
    assert ledger("2026-05-08 consented") == ()


def test_cycle_started_after_its_window() -> None:
    # Cycle 2 was due on 8 June, 3 days either way.
    (found,) = ledger(CONTROL + "2026-06-14 cycle started, treatment: regorafenib, cycle: 2")
    assert (found.kind, found.entry, found.days_off) == (Deviated.OUT_OF_WINDOW, "regorafenib.2", 3)
    assert str(found.what) == "done 3 days after its window of 2026-06-05 to 2026-06-11"
    assert found.clause is not None
    assert found.clause.text.startswith("28 days ±3 after cycle 1")
    assert (found.clause.line > 0, found.events, found.severity) == (True, (3,), None)


def test_visit_before_its_window() -> None:
    story = CONTROL + "2026-05-15 visit done, entry: c1d8.1"
    assert lines(story) == [("out of window", "c1d8.1", "2026-05-15", -1)]


def test_toripalimab_sooner_than_18_days() -> None:
    story = (
        EXPERIMENTAL + "2026-03-28 given, treatment: toripalimab, n: 2\n2026-04-13 given, treatment: toripalimab, n: 3"
    )
    (found,) = ledger(story)
    assert (found.kind, found.entry, found.days_off) == (Deviated.INTERVAL_TOO_SHORT, "toripalimab.3", -2)
    assert str(found.what) == "16 days after toripalimab.2, at least 18 are asked for"
    assert found.clause is not None
    assert "not before 18 days after the previous dose" in found.clause.text
    assert found.events == (5,)


def test_what_was_not_done_is_missed() -> None:
    story = EXPERIMENTAL + "2026-03-09 not done, entry: c1d8.1, reason: travel"
    (found,) = ledger(story)
    assert (found.kind, found.entry, found.events) == (Deviated.MISSED, "c1d8.1", (4,))


def test_fraction_that_moved_is_not_missed() -> None:
    assert ledger(EXPERIMENTAL + "2026-03-23 not done, entry: radiotherapy.1, reason: machine down") == ()


def test_tablets_not_taken() -> None:
    story = CONTROL + "2026-05-20 not taken, treatment: regorafenib, from: 2026-05-16, to: 2026-05-17"
    (found,) = ledger(story)
    assert (found.kind, found.entry, str(found.what)) == (Deviated.MISSED, "regorafenib.1.6-7", "not taken on 2 days")
    assert (str(found.date), found.events) == ("2026-05-16", (3,))


def test_what_nobody_recorded_shows_on_a_day_only() -> None:
    # Day 8 was 18 May, 2 days either way.
    assert lines(CONTROL) == []
    assert ("no record", "c1d8.1", "2026-05-18", None) not in lines(CONTROL, "2026-05-20")
    assert ("no record", "c1d8.1", "2026-05-18", 1) in lines(CONTROL, "2026-05-21")


def test_wrong_dose_of_tablets() -> None:
    story = CONTROL + "2026-05-20 taken, treatment: regorafenib, from: 2026-05-16, to: 2026-05-17, amount: 80 mg"
    (found,) = ledger(story)
    assert (found.kind, found.entry) == (Deviated.WRONG_DOSE, "regorafenib.1.6-7")
    assert str(found.what) == "80 mg; in force was 120 mg"
    assert found.clause is not None
    assert found.clause.text == "120, 80, 40 mg (registration, A6)"


def test_dose_that_was_lowered_is_not_wrong() -> None:
    story = (
        CONTROL
        + """2026-05-16 dose changed, treatment: regorafenib, level: -1, dose: 80 mg
        2026-05-20 taken, treatment: regorafenib, from: 2026-05-16, to: 2026-05-17, amount: 80 mg"""
    )
    assert ledger(story) == ()


def test_partial_infusion_is_a_wrong_dose() -> None:
    story = EXPERIMENTAL + "2026-03-28 given, treatment: toripalimab, n: 2, amount: 120 mg"
    assert [(each.kind, str(each.what)) for each in ledger(story)] == [
        (Deviated.WRONG_DOSE, "120 mg; in force was 240 mg")
    ]


def test_cycle_started_inside_a_hold() -> None:
    story = (
        CONTROL
        + """2026-06-01 held, treatment: regorafenib, reason: liver
        2026-06-08 cycle started, treatment: regorafenib, cycle: 2
        2026-06-10 resumed, treatment: regorafenib"""
    )
    found = [each for each in ledger(story) if each.kind is Deviated.DURING_HOLD]
    assert [(each.entry, each.days_off, each.events) for each in found] == [("regorafenib.2", -2, (3, 4, 5))]


def test_tablets_taken_during_a_hold() -> None:
    story = (
        CONTROL
        + """2026-05-20 held, treatment: regorafenib, reason: liver
        2026-05-22 taken, treatment: regorafenib, from: 2026-05-20, to: 2026-05-21"""
    )
    (found,) = ledger(story)
    assert (found.kind, found.entry) == (Deviated.DURING_HOLD, "regorafenib.1.10-11")
    assert str(found.what) == "taken on 2 days while regorafenib was held"


def test_radiotherapy_started_late_and_took_too_long() -> None:
    # Study Day 35 is 5 April; 14 days from 8 April end on 21 April.
    days = ("2026-04-08", "2026-04-09", "2026-04-10", "2026-04-13", "2026-04-23")
    story = EXPERIMENTAL + "\n".join(f"{day} given, treatment: radiotherapy, n: {n}" for n, day in enumerate(days, 1))
    found = {each.kind: each for each in ledger(story)}
    late, long = found[Deviated.STARTED_LATE], found[Deviated.TOOK_TOO_LONG]
    assert (late.entry, late.days_off, long.entry, long.days_off) == ("radiotherapy.1", 3, "radiotherapy.5", 2)
    assert late.clause is not None
    assert long.clause is not None
    assert (late.clause.text, long.clause.text) == ("Study Day 35 (A1)", "14 days (A1)")
    assert 0 < late.clause.line < long.clause.line


def test_gap_of_more_than_84_days() -> None:
    story = (
        EXPERIMENTAL
        + """2026-03-28 given, treatment: toripalimab, n: 2
        2026-04-01 held, treatment: toripalimab, reason: pneumonitis
        2026-06-22 given, treatment: toripalimab, n: 3"""
    )
    # Nobody chose to go on; a resume at the same level would be the protocol's own option, and no deviation.
    found = [each for each in ledger(story) if each.kind is Deviated.GAP_TOO_LONG]
    assert [(each.entry, each.days_off) for each in found] == [("toripalimab.3", 2)]
    assert [each.clause.text for each in found if each.clause] == ["84 days (A4)"]


def test_hold_of_more_than_28_days() -> None:
    held = CONTROL + "2026-05-25 held, treatment: regorafenib, reason: hand-foot reaction"
    resumed = held + "\n2026-06-24 resumed, treatment: regorafenib"
    assert lines(held) == []
    assert _too_long(ledger(held, "2026-06-23", ending_long_holds())) == [1]
    assert _too_long(ledger(held, "2026-06-22", ending_long_holds())) == []
    (found,) = ledger(resumed, version=ending_long_holds())
    assert (found.kind, found.days_off, found.events) == (Deviated.HOLD_TOO_LONG, 2, (3, 4))


def _too_long(found: tuple[Deviation, ...]) -> list[int | None]:
    return [each.days_off for each in found if each.kind is Deviated.HOLD_TOO_LONG]


def test_to_go_on_after_so_long_a_hold_is_the_investigators_choice_in_the_seed_study() -> None:
    held = CONTROL + "2026-05-25 held, treatment: regorafenib, reason: hand-foot reaction"
    resumed = held + "\n2026-06-24 resumed, treatment: regorafenib, level: {}"
    # While it lasts the decision is open, and nothing was done against the protocol.
    assert _too_long(ledger(held, "2026-06-23")) == []
    assert [ledger(resumed.format(level)) for level in ("0, dose: 120 mg", "-1, dose: 80 mg")] == [(), ()]
    # To hold on is none of its choices.
    decided = "\n2026-06-23 decided, proposal: regorafenib-limits.1.3, action: hold, by: Dr Example"
    assert _too_long(ledger(held + decided, "2026-06-24")) == [2]


def test_follow_up_after_its_window() -> None:
    story = (
        CONTROL
        + """2026-05-20 end of treatment, reason: progression
        2026-05-20 progressed
        2026-06-30 visit done, entry: safety-30.1"""
    )
    # The last tablet was on 19 May; 30 days later is 18 June, 7 days either way.
    found = [each for each in ledger(story) if each.kind is Deviated.FOLLOW_UP_LATE]
    assert [(each.entry, each.days_off) for each in found] == [("safety-30.1", 5)]


def test_order_against_the_protocol() -> None:
    story = (
        CONTROL + "2026-05-20 dose changed, treatment: regorafenib, level: -3, dose: 20 mg, override: agreed by phone"
    )
    (found,) = ledger(story)
    assert (found.kind, found.timeline, found.events) == (Deviated.OVERRIDE, "regorafenib", (3,))
    assert "phone" not in str(found.what)


@settings(max_examples=examples(25), deadline=None, derandomize=True)
@given(patient=patients())
def test_ledger_says_what_the_calendar_says(patient: Patient) -> None:
    site = site_with(patient.closed, patient.opened)
    found = deviations_of(VERSION, site, patient.log)
    calendar = calendar_of(VERSION, site, patient.log)
    numbers = set(range(1, patient.log.length + 1))
    for each in found:
        assert set(each.events) <= numbers
        assert each.clause is None or each.clause.line > 0
        assert each.days_off != 0
        assert each.severity is None
    outside = {e.id for e in calendar.entries if e.status is Status.DONE and Flag.OUT_OF_WINDOW in e.flags}
    kinds = (Deviated.OUT_OF_WINDOW, Deviated.FOLLOW_UP_LATE, Deviated.INTERVAL_TOO_SHORT)
    assert outside <= {each.entry for each in found if each.kind in kinds}
    day = patient.last_day + timedelta(days=60)
    by_day = deviations_of(VERSION, site, patient.log, on=day)
    until_then = {each for each in found if each.date is None or each.date <= day}
    assert {each for each in until_then if each.kind is not Deviated.NO_RECORD} <= set(by_day)


def test_severity_is_the_protocols_own() -> None:
    text = (FOLDER / "protocol.yaml").read_text(
        "utf-8"
    ) + "\ndeviations: {out of window: minor, interval too short: major}\n"
    version, _ = parse_protocol(text, name="protocol.yaml")
    story = told(CONTROL + "2026-06-14 cycle started, treatment: regorafenib, cycle: 2")
    assert [each.severity for each in deviations_of(version, EVERY_DAY, story)] == ["minor"]


def test_protocol_can_judge_every_sort() -> None:
    assert {kind.value for kind in Deviated} == set(get_args(DeviationWord))


def test_a_delay_beyond_the_limit_of_its_cause_is_on_the_ledger_once_the_dose_is_given() -> None:
    # Due on 23 March. A journey may put it off by 7 days, to 30 March; it was given on 2 April, 10 days later.
    footnote = FOLDER.parents[1] / "tests" / "regimens" / "footnotes" / "delays-of-7-and-14-days" / "protocol.yaml"
    version, _ = parse_protocol(footnote.read_text("utf-8"), name="protocol.yaml")
    story = """2026-03-02 cycle started, treatment: drug, cycle: 1
        2026-03-20 delayed, treatment: drug, cycle: 2, until: 2026-04-02, reason: a journey"""
    given = story + "\n2026-04-02 cycle started, treatment: drug, cycle: 2"
    kinds = [
        [(each.kind, each.entry, str(each.what), each.clause.text if each.clause else None) for each in found]
        for found in (deviations_of(version, EVERY_DAY, told(text)) for text in (story, given))
    ]
    late = "drug.2 is 10 days after the day it was due, more than 7 days for logistics"
    assert kinds == [[], [(Deviated.DELAY_TOO_LONG, "drug.2", late, "7 days")]]
