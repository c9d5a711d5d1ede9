"""A date that a study names and plans has a row of its own, with its reasons, although nobody comes for it."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.protocol.parse import parse_protocol
from scheduler.site.site import EVERY_DAY
from scheduler.views.pending import table_of_pending
from scheduler.views.reasons import reasons_of
from scheduler.views.shapes.calendar import tell_calendar
from scheduler.views.table_of_dates import short_table_of_dates, table_of_dates
from tests.dosing.story import told

CELLS = """study: CELLS
version: "1.0"
title: Cells that are delivered three weeks after they were collected
arms: {all: All of them}
study days: first dose is Day 1
dates:
  leukapheresis: recorded
  delivery: {when: 21 days after leukapheresis, open: any day}
treatments:
  cells:
    when: {1: 7 days after delivery}
    until: 1 dose
    give: 10 mL intravenously
    open: any day
"""


def calendar(story: str) -> Calendar:
    version, _ = parse_protocol(CELLS, name="protocol.yaml")
    return calendar_of(version, EVERY_DAY, told("2026-03-02 randomised, arm: all\n" + story))


def test_a_planned_date_stands_between_the_entries_and_says_why() -> None:
    """Three weeks after 4 March are 25 March, a week after that 1 April."""
    found = calendar("2026-03-04 reached, milestone: leukapheresis\n")
    assert [(row[0], row[3], row[-1]) for row in short_table_of_dates(found).rows] == [
        ("2026-03-25", "delivery", "planned"),
        ("2026-04-01", "cells.1", "planned"),
    ]
    table = table_of_dates(found, reasons_of(found))
    first = dict(zip(table.columns, table.rows[0], strict=True))
    assert (first["date"], first["weekday"], first["what"]) == (date(2026, 3, 25), "Wednesday", "delivery")
    assert "21 days after leukapheresis" in str(first["why"])
    told_dates = tell_calendar(found, reasons_of(found)).dates
    assert told_dates is not None
    assert [(each.name, each.date, each.recorded) for each in told_dates] == [("delivery", date(2026, 3, 25), False)]


def test_a_recorded_date_says_so_and_moves_what_counts_from_it() -> None:
    """The cells came two days late, on 27 March: the infusion is on 3 April."""
    story = "2026-03-04 reached, milestone: leukapheresis\n2026-03-27 reached, milestone: delivery\n"
    assert [(row[0], row[3], row[-1]) for row in short_table_of_dates(calendar(story)).rows] == [
        ("2026-03-27", "delivery", "recorded"),
        ("2026-04-03", "cells.1", "planned"),
    ]


def test_a_date_that_nobody_knows_yet_waits_with_its_rule() -> None:
    rows = table_of_pending(calendar("")).rows
    assert rows[0] == ("delivery", "delivery", "21 days after leukapheresis", None)


def test_why_a_date_stands_where_it_stands() -> None:
    version, _ = parse_protocol(CELLS, name="protocol.yaml")
    story = "2026-03-02 randomised, arm: all\n2026-03-04 reached, milestone: leukapheresis\n"
    rule = "21 days after leukapheresis"
    planned = explain(calendar_of(version, EVERY_DAY, told(story)), "delivery", version, told(story))
    assert planned.title == "delivery is planned for Wednesday 25 March 2026."
    assert (planned.lines[0].sentence, planned.lines[0].source) == (f"Protocol line 8: {rule}.", "protocol.yaml:8")
    came = told(story + "2026-03-27 reached, milestone: delivery\n")
    recorded = explain(calendar_of(version, EVERY_DAY, came), "delivery", version, came)
    assert recorded.title == "delivery was recorded on Friday 27 March 2026."
    assert [line.sentence for line in recorded.lines] == [
        "Event 3, Friday 27 March 2026: delivery is reached.",
        f"By its rule: {rule}.",
    ]
