"""Laws of the pharmacy's list, held against patients with any orders, holds, reports and counts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendar.entries.entry import Flag, Kind, Status
from scheduler.patient.events import (
    CycleStarted,
    Discontinued,
    Dispensed,
    DoseChanged,
    EndOfTreatment,
    Event,
    Given,
    Held,
    Lost,
    NotTaken,
    Randomised,
    Resumed,
    Returned,
    Taken,
)
from scheduler.patient.log import log_of
from scheduler.views.days.spelled_out import spelled_out
from scheduler.views.patients import Patient, patient_of
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.pharmacy.dispensing_line import DispensingList, LineStatus
from tests.laws.examples import examples
from tests.views.told import WEEKDAYS, seed

DRUG = "regorafenib"
START = date(2026, 3, 2)
FIRST, LAST = date(2026, 2, 1), date(2026, 9, 30)
DAYS = st.integers(0, 120).map(lambda days: START + timedelta(days=days))
AMOUNTS = {0: "120 mg", -1: "80 mg", -2: "40 mg"}


@st.composite
def ordered(draw: st.DrawFn) -> Event:
    day, level = draw(DAYS), draw(st.sampled_from((0, -1, -2)))
    end = day + timedelta(days=draw(st.integers(0, 9)))
    days = {"on": end, "treatment": DRUG, "from": day, "to": end}
    return draw(
        st.sampled_from(
            (
                Held(on=day, treatment=DRUG, reason="AE 1", today_taken=level == 0),
                Held(on=day, treatment=DRUG, reason="AE 2"),
                Resumed(on=day, treatment=DRUG),
                Resumed(on=day, treatment=DRUG, level=level, dose=AMOUNTS[level]),
                DoseChanged(on=day, treatment=DRUG, level=level, dose=AMOUNTS[level]),
                NotTaken.model_validate(days),
                Taken.model_validate(days),
                Dispensed(on=day, treatment=DRUG, quantity=Decimal(28)),
                Returned(on=day, treatment=DRUG, quantity=Decimal(level + 9)),
                Lost(on=day, treatment=DRUG, quantity=Decimal(3)),
                Discontinued(on=day, treatment=DRUG),
                EndOfTreatment(on=day),
            )
        )
    )


@st.composite
def patients(draw: st.DrawFn) -> Patient:
    arm = draw(st.sampled_from(("control", "experimental")))
    events: list[Event] = [
        Randomised(on=date(2026, 2, 27), arm="control"),
        CycleStarted(on=START, treatment=DRUG, cycle=1),
    ]
    if arm == "experimental":
        events[0] = Randomised(on=date(2026, 2, 27), arm=arm)
        events.append(Given(on=START, treatment="toripalimab", n=1))
    if draw(st.booleans()):
        events.append(CycleStarted(on=date(2026, 3, 30), treatment=DRUG, cycle=2))
    events += draw(st.lists(ordered(), max_size=6))
    return patient_of(seed(), WEEKDAYS, log_of(events), subject="S-1")


def whole(patient: Patient) -> DispensingList:
    return dispensing_list([patient], FIRST, LAST)


@settings(max_examples=examples(60), deadline=None)
@given(patients())
def test_every_day_with_tablets_or_an_infusion_is_covered_by_exactly_one_line(patient: Patient) -> None:
    found = whole(patient)
    for line in spelled_out(patient.calendar):
        if (
            line.kind not in (Kind.ORAL, Kind.INFUSION)
            or Flag.NOT_PLANNED in line.flags
            or line.date is None
            or not FIRST <= line.date <= date(2026, 8, 31)
        ):
            continue
        if line.status in (Status.PLANNED, Status.DONE):
            covering = [
                each
                for each in found.everything
                if each.treatment == line.of.timeline and each.status is not LineStatus.CANCELLED
                if each.covers is not None and each.covers[0] <= line.date <= each.covers[1]
            ]
            assert [line.date for _ in covering] == [line.date]


@settings(max_examples=examples(60), deadline=None)
@given(patients())
def test_packs_hold_the_units_and_less_than_a_pack_is_over(patient: Patient) -> None:
    for line in whole(patient).everything:
        if line.units is not None and line.packs is not None:
            assert 0 <= line.packs * 28 - line.units < 28


@settings(max_examples=examples(40), deadline=None)
@given(patients())
def test_no_number_is_given_for_what_is_not_to_be_handed_out(patient: Patient) -> None:
    for line in whole(patient).everything:
        if line.status in (LineStatus.CANCELLED, LineStatus.NOT_DONE, LineStatus.ON_HOLD, LineStatus.PENDING):
            assert (line.units, line.packs) == (None, None)
        if line.units is None:
            assert line.note


@settings(max_examples=examples(40), deadline=None)
@given(patients())
def test_no_line_is_there_twice_and_a_list_does_not_differ_from_itself(patient: Patient) -> None:
    found = whole(patient)
    keys = [(line.subject, line.entry, line.treatment) for line in found.everything]
    assert len(keys) == len(set(keys))
    assert dispensing_list([patient], FIRST, LAST, found.everything) == found


@settings(max_examples=examples(30), deadline=None)
@given(patients(), st.integers(0, 200))
def test_two_halves_of_a_period_make_the_whole(patient: Patient, days: int) -> None:
    middle = FIRST + timedelta(days=days)
    one = dispensing_list([patient], FIRST, middle)
    two = dispensing_list([patient], middle + timedelta(days=1), LAST)
    dated = {line for line in whole(patient).everything if line.date is not None}
    assert {line for line in (*one.everything, *two.everything) if line.date is not None} == dated
