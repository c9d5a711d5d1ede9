"""Plain offsets, grids, windows and closed days: the engine beside python-dateutil, from the sentence to the date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendar.entries.entry import Entry
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.events import parse_event
from scheduler.patient.log import log_of
from scheduler.protocol.parse import parse_protocol
from scheduler.site.site import EVERY_DAY
from tests.differential.working_days import UNITS, Weekdays, planned, shifted, window
from tests.laws.examples import examples

PROTOCOL = """
study: PLAIN
version: "1"
title: One visit
arms: {{one: The only one}}
study days: first dose is Day 1
treatments:
  drug: {{when: on first dose, give: 10 mg intravenously}}
visits:
  check: {{when: "{sentence}", if closed: {rule}}}
"""


@dataclass(frozen=True)
class Case:
    """A sentence, what it means, and the days on which the site is closed."""

    first_dose: date
    amount: int
    unit: str
    early: int | None
    late: int | None
    rule: str
    closed: frozenset[date]
    before: bool = False
    grid: bool = False

    @property
    def said_window(self) -> str:
        if self.early is None or self.late is None:
            return ""
        if self.early == self.late and self.early > 0:
            return f" ±{self.early}"
        return f" -{self.early} +{self.late}" if self.early else f" +{self.late}"

    @property
    def sentence(self) -> str:
        if self.grid:
            return f"every {self.amount} {self.unit}{self.said_window} from first dose"
        return f"{self.amount} {self.unit}{self.said_window} {'before' if self.before else 'after'} first dose"

    def days(self) -> Weekdays:
        span = timedelta(days=366 * 4)
        return Weekdays(self.first_dose - span, self.first_dose + span, self.closed)

    def entries(self) -> dict[str, Entry]:
        text = PROTOCOL.format(sentence=self.sentence, rule=self.rule)
        version, _ = parse_protocol(text, name="protocol.yaml")
        log = log_of([parse_event({"on": str(self.first_dose), "event": "given", "treatment": "drug", "n": 1})])
        site = EVERY_DAY.with_days(self.closed)
        until = self.first_dose + timedelta(days=800)
        return {entry.id: entry for entry in calendar_of(version, site, log, until=until).entries}


@st.composite
def cases(draw: st.DrawFn, *, grid: bool = False) -> Case:
    first_dose = date(2024, 1, 1) + timedelta(days=draw(st.integers(0, 1200)))
    unit = draw(st.sampled_from(UNITS if grid else (*UNITS, "working days")))
    most = {"days": 120, "weeks": 40, "months": 18, "years": 2, "working days": 40}[unit]
    least = {"days": 14 if grid else 8, "working days": 8, "weeks": 2}.get(unit, 1)
    amount = draw(st.integers(least, most))
    early, late = draw(st.sampled_from([(3, 3), (None, None), (0, 7), (2, 5), (1, 0), (6, 6), (0, 2)]))
    before = not grid and draw(st.booleans())
    ideal = first_dose if unit == "working days" else shifted(first_dose, -amount if before else amount, unit)
    length, begins = draw(st.integers(0, 12)), draw(st.integers(-9, 3))
    if unit in ("days", "weeks") and draw(st.booleans()):
        # Closed on the Wednesday, or from Tuesday to Thursday: two open days are equally near.
        to_wednesday = timedelta(days=2 - ideal.weekday())
        first_dose, ideal = first_dose + to_wednesday, ideal + to_wednesday
        length, begins = draw(st.sampled_from([(1, 0), (3, -1)]))
    start = ideal + timedelta(days=begins)
    closed = {start + timedelta(days=n) for n in range(length)}
    closed |= {first_dose + timedelta(days=n) for n in draw(st.frozensets(st.integers(-60, 60), max_size=8))}
    rule = draw(st.sampled_from(["later", "nearest", "earlier"]))
    return Case(first_dose, amount, unit, early, late, rule, frozenset(closed - {first_dose}), before, grid)


@settings(max_examples=examples(300), deadline=None, derandomize=True)
@given(cases())
def test_an_offset_from_a_day(case: Case):
    days = case.days()
    count = -case.amount if case.before else case.amount
    counts = case.unit == "working days"
    ideal = days.counted(case.first_dose, count) if counts else shifted(case.first_dose, count, case.unit)
    entry = case.entries().get("check.1")
    if entry is None:
        assert ideal > case.first_dose + timedelta(days=790)
        return
    allowed = window(ideal, case.early, case.late)
    assert (entry.ideal, entry.window) == (ideal, allowed), case.sentence
    assert entry.date == planned(days, ideal, allowed, case.rule, case.before), case.sentence


@settings(max_examples=examples(150), deadline=None, derandomize=True)
@given(cases(grid=True))
def test_a_grid_counts_from_its_first_day_and_never_from_the_visit_before(case: Case):
    days, entries, number = case.days(), case.entries(), 1
    end = case.first_dose + timedelta(days=780)
    while (ideal := shifted(case.first_dose, case.amount * number, case.unit)) <= end:
        entry = entries[f"check.{number}"]
        allowed = window(ideal, case.early, case.late)
        on = planned(days, ideal, allowed, case.rule, precedes=False)
        assert (entry.ideal, entry.window, entry.date) == (ideal, allowed, on), case.sentence
        number += 1
    assert number > 1 or case.amount * {"years": 365, "months": 30}.get(case.unit, 0) > 500
