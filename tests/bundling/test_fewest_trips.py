"""The fewest trips are the fewest: as many as by trying every plan, through the engine, on small made-up patients."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.bundling import Bundle, ToPlan, bundle
from scheduler.calendar.entries.entry import Flag
from scheduler.site.site import EVERY_DAY
from tests.bundling.by_brute_force import every_plan, fewest
from tests.dosing.story import told
from tests.laws.examples import examples
from tests.studies.telling import study

ON = date(2026, 3, 2)
MOST_FREE = 3
PROTOCOL = """
study days: first dose is Day 1
treatments:
  infusion:
    when:
      1: on first dose
      then: {every} days ±{width} after the previous dose{gap}
    until: 9 doses
    open: infusion
    if closed: {if_closed}
    give: 1 mg intravenously
  tablets:
    when:
      1: on first dose
      then: {cycle} days ±{about} after the previous cycle
    until: 9 cycles
    open: clinic
    if closed: later
    give: 1 mg once daily by mouth on days 1-3
visits:
  imaging: {{when: every {grid} days ±{margin} from randomisation, until: 1 year after randomisation, open: imaging}}
  blood: {{when: "{blood}", open: clinic}}
"""
BLOOD = (
    "on tablets cycle 2 day 4 ±1 days",
    "1 to 3 days before infusion dose 2",
    "2 working days ±1 day after infusion dose 2",
    "8 days ±2 days after infusion dose 2, not before 9 days after tablets cycle 2",
    "on tablets cycle 2 day 8 ±2 days, not after 1 day before infusion dose 3",
)


@st.composite
def patients(draw: st.DrawFn, subject: str = "S-1") -> ToPlan:
    text = PROTOCOL.format(
        every=draw(st.integers(7, 15)),
        width=draw(st.integers(1, 2)),
        gap=draw(st.sampled_from(["", ", not before 7 days after the previous dose"])),
        if_closed=draw(st.sampled_from(["nearest", "later"])),
        cycle=draw(st.integers(8, 16)),
        about=draw(st.integers(1, 2)),
        grid=draw(st.integers(9, 20)),
        margin=draw(st.integers(1, 3)),
        blood=draw(st.sampled_from(BLOOD)),
    )
    closed = draw(st.sets(st.integers(5, 40), max_size=4))
    site = EVERY_DAY.with_days([ON + timedelta(days=each) for each in closed])
    log = told(
        "2026-02-27 randomised, arm: all\n2026-03-02 given, treatment: infusion, n: 1\n"
        "2026-03-02 cycle started, treatment: tablets, cycle: 1\n"
    )
    return ToPlan(study(text), site, log, subject)


def last_day(*patients: ToPlan) -> date:
    """A last day up to which so few dates are free that every plan can be tried."""
    days = sorted(
        each.date
        for patient in patients
        for each in patient.calendar(ON + timedelta(days=60)).entries
        if each.window is not None
        and each.window[0] < each.window[1]
        and each.date is not None
        and each.date > ON
        and each.kind.value != "period"
    )
    return days[min(MOST_FREE, len(days)) - 1]


def distance(found: Bundle, patients: list[ToPlan]) -> int:
    """How far all that may move is from its ideal days, in the calendars that the appointments make."""
    total = 0
    for plan, patient in zip(found.patients, patients, strict=True):
        after = patient.with_events(plan.events).calendar(found.until + timedelta(days=63))
        before = patient.calendar(found.until + timedelta(days=63))
        for entry in before.entries:
            now = after.by_id.get(entry.id)
            counts = entry.date is not None and ON < entry.date <= found.until and entry.kind.value != "period"
            if counts and now is not None and now.window is not None and now.window[0] < now.window[1]:
                assert Flag.OUT_OF_WINDOW not in now.flags
                total += abs((now.date - now.ideal).days)  # type: ignore[operator]
    return total


@given(patients())
@settings(max_examples=examples(25))
def test_one_patient_comes_as_seldom_as_by_trying_every_plan(patient: ToPlan) -> None:
    until = last_day(patient)
    found = bundle([patient], on=ON, until=until, seconds=60)
    same_as_by_trying(found, [patient], fewest([every_plan(patient, ON, until)]))


@given(patients("S-1"), patients("S-2"))
@settings(max_examples=examples(20))
def test_two_patients_on_one_chair_come_as_seldom_as_by_trying_every_plan(one: ToPlan, other: ToPlan) -> None:
    until = last_day(one, other)
    found = bundle([one, other], on=ON, until=until, capacity={"infusion": 1}, seconds=60)
    plans = [every_plan(each, ON, until) for each in (one, other)]
    same_as_by_trying(found, [one, other], fewest(plans, "infusion", 1))


def same_as_by_trying(found: Bundle, patients: list[ToPlan], by_trying: tuple[int, int] | None) -> None:
    if by_trying is None:
        assert found.moves_nothing
    elif found.moves_nothing:
        assert found.proven
        assert found.after == by_trying[0]
    else:
        assert found.proven
        assert (found.after, distance(found, patients)) == by_trying
