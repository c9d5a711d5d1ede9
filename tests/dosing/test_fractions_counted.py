"""A law over fractions twice a day: occurrences, administrations and amounts agree, however a site writes its records."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendar.entries.entry import Calendar, Status
from scheduler.exports.tables.csv import table_as_csv
from scheduler.views.looking_back.exposure import table_of_exposure
from tests.dosing.story import exposure
from tests.laws.examples import examples
from tests.studies.telling import calendar, study

MOST = 9
VERSION = study(f"""
study days: first dose is Day 1
treatments:
  radiotherapy:
    when: {{1: on first dose, then: at least 1 day after the previous fraction}}
    until: {MOST} fractions
    open: any day
    give: 1.2 Gy twice daily at least 6 hours apart
    not done: moves to the next open day
""")
FIRST_DAY = date(2026, 3, 2)


class Day(Enum):
    """What a day had, and how it was written down."""

    TWO_RECORDS = "two records"
    ONE_RECORD = "one record of two"
    ONE_WITH_AMOUNT = "one record of two, with the amount"
    MORNING = "the morning alone; the afternoon failed"
    MORNING_UNSAID = "the morning alone"
    NOTHING = "no fraction"


@dataclass(frozen=True)
class Course:
    """Day after day of a course: as a site wrote it, and with a record for each fraction; and what was given, counted by hand."""

    written: str
    each: str
    given: int
    last: date


def course(days: list[Day]) -> Course:
    written, each, n = [], [], 1
    for number, what in enumerate(days):
        on = FIRST_DAY + timedelta(days=number)
        one = [f"{on} given, treatment: radiotherapy, n: {k}" for k in (n, n + 1)]
        if n > MOST or what is Day.NOTHING:
            continue
        if n == MOST or what in (Day.MORNING, Day.MORNING_UNSAID):
            lines = one[:1] + (
                [f"{on} not done, entry: radiotherapy.{n + 1}"] if what is Day.MORNING and n < MOST else []
            )
            written += lines
            each += lines
            n += 1
            continue
        both = f"{one[0]}, fractions: 2" + (", amount: 2.4 Gy" if what is Day.ONE_WITH_AMOUNT else "")
        written += one if what is Day.TWO_RECORDS else [both]
        each += one
        n += 2
    return Course("\n".join(written), "\n".join(each), n - 1, FIRST_DAY + timedelta(days=len(days)))


def told(found: Calendar) -> list[tuple[object, ...]]:
    return [(each.id, each.date, each.status, each.doses, each.flags) for each in found.entries]


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(st.sampled_from(Day), min_size=1, max_size=8))
def test_fractions_count_alike_however_they_are_written(days: list[Day]) -> None:
    found = course([Day.ONE_RECORD, *days])
    now = calendar(VERSION, found.written)
    assert told(now) == told(calendar(VERSION, found.each))

    # As many administrations as the protocol has, with the dose of one each; no day has more than two.
    assert len(now.entries) == MOST
    assert {str(dose) for entry in now.entries for dose in entry.doses} == {"1.2 Gy"}
    per_day = [entry.date for entry in now.entries]
    assert max(per_day.count(day) for day in per_day) <= 2
    assert sum(1 for entry in now.entries if entry.status is Status.DONE) == found.given

    # The sum of what was given, in the list and as a spreadsheet reads it.
    seen = exposure(f"2026-02-27 randomised, arm: all\n{found.written}", f"{found.last}", version=VERSION)
    assert seen.totals[0].delivered == Decimal("1.2") * found.given
    rows = list(csv.DictReader(io.StringIO(table_as_csv(table_of_exposure(seen)).lstrip("\ufeff"))))
    by_row = [Decimal(row["delivered"]) for row in rows if row["number"] != "overall" and row["status"] == "done"]
    (overall,) = [Decimal(row["delivered"]) for row in rows if row["number"] == "overall"]
    assert sum(by_row) == overall == Decimal("1.2") * found.given
