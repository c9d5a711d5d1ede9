"""The schedule of activities in the shape of ICH M11's template: period, visit, day and window across, activities down.

Visits that repeat are one column: "Regorafenib, cycle 3 to 27", every 28 days. A cell says in which of them something is done: X
in all, else their numbers, "3, 4" or "4, then every 2nd". What has another window, period or distance stands by itself. What
comes only once something has happened has a note; a diary at home is a column too.

The texts can be said in every language of the catalogue (`scheduler.said.Text`); the protocol's own sentences stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from scheduler.calendar.entries.entry import Kind
from scheduler.protocol.plan.study import Timeline
from scheduler.said import (
    COMMAS,
    Code,
    Name,
    Said,
    Text,
    Value,
    as_written,
    listed,
    own_words,
    said,
    said_as,
    said_of,
    text_of,
)
from scheduler.standards.design.planned import ArmDesign, PlannedInstance
from scheduler.standards.sdtm.subject import STANDARD_EPOCHS
from scheduler.standards.sdtm.visit_numbers import without_citation
from scheduler.views.coordinator.schedule_of_activities import ordinal
from scheduler.views.table import Cell, Table

DONE = "X"
SEE_NOTE = text_of(said_as("schedule of activities", "see note"))
_PERIODS = {
    "SCREENING": said_as("schedule of activities", "Screening"),
    "TREATMENT": said_as("schedule of activities", "Treatment"),
    "FOLLOW-UP": said_as("schedule of activities", "Follow-up"),
}
MOST_VISITS = 12
"""Visits side by side on paper; a schedule with more has another table below."""

_HEADS = 3
"""The rows above the activities."""

_WORKING_DAY = "working day"
_FEWEST = 3
"""How many visits that repeat alike are told as one."""


@dataclass(frozen=True, slots=True)
class Column:
    """A visit, or several of one timeline that repeat every so many days."""

    visits: tuple[PlannedInstance, ...]
    every: int | None = None

    @property
    def first(self) -> PlannedInstance:
        """The first of them."""
        return self.visits[0]

    @property
    def last(self) -> PlannedInstance:
        """The last that is planned; the protocol may go on."""
        return self.visits[-1]

    @property
    def number(self) -> int:
        """How many visits it stands for."""
        return len(self.visits)

    def has(self, activity: str) -> str | None:
        """Whether an activity is done: X for always, else at which numbers of this column."""
        done = [visit for visit in self.visits if activity in visit.activities]
        if not done or len(done) == self.number:
            return DONE if done else None
        numbers = _in_words(tuple(dict.fromkeys(int(_number_of(visit)) for visit in done)))
        return text_of(numbers if self.is_numbered else said("cycle {numbers}", numbers=numbers))

    @property
    def is_numbered(self) -> bool:
        """Whether its visits are called by their numbers alone; not so where they are days of cycles."""
        return all(each.title.endswith(f" {_number_of(each)}") for each in (self.first, self.last))


def m11_tables(design: ArmDesign) -> tuple[Table, Table]:
    """The schedule, and below it a note for each column: when the visit is, in the protocol's words."""
    plan = design.plan
    columns, diaries = columns_of(design), _diaries(design)
    title = said(
        "{study} {version}, schedule of activities: {arm}",
        study=Code(plan.study),
        version=Code(plan.version),
        arm=own_words(plan.arm_title),
    )
    heads = [
        *(_head(column, number) for number, column in enumerate(columns, 1)),
        *(_noted(said_of(line.title), number) for number, line in enumerate(diaries, len(columns) + 1)),
    ]
    empty: list[Cell] = [None for _ in diaries]
    rows: list[tuple[Cell, ...]] = [
        (_row("Period"), *(_period(design, column) for column in columns), *empty),
        (_row("Study day"), *(_days(column) for column in columns), *(SEE_NOTE for _ in diaries)),
        (_row("Window (days)"), *(_window(column.first) for column in columns), *empty),
    ]
    at_home = [tuple(each.shown for each in line.activities) for line in diaries]
    names = [each for column in columns for visit in column.visits for each in visit.activities]
    for name in dict.fromkeys([*names, *(each for done in at_home for each in done)]):
        home: list[Cell] = [DONE if name in done else None for done in at_home]
        rows.append((name, *(column.has(name) for column in columns), *home))
    rules = (*(column.first.rule for column in columns), *map(_rule, diaries))
    when = [text_of(as_written(rule)) if rule else None for rule in rules]
    notes = tuple((number, head, rule) for number, (head, rule) in enumerate(zip(heads, when, strict=True), 1))
    activity, note, visit, whenever = (_row(each) for each in ("activity", "note", "visit", "when"))
    return (
        Table(text_of(title), (activity, *heads), tuple(rows)),
        Table(text_of(said_as("schedule of activities", "Notes")), (note, visit, whenever), notes),
    )


def on_paper(table: Table) -> tuple[Table, ...]:
    """The schedule as tables that are no wider than a sheet, each with the activities that are done at its visits."""
    width = len(table.columns) - 1
    sheets = max(1, -(-width // MOST_VISITS))
    wide = max(1, -(-width // sheets))
    made = []
    for first in range(1, width + 1, wide):
        columns = range(first, min(first + wide, width + 1))
        rows = [
            (row[0], *(row[column] for column in columns))
            for number, row in enumerate(table.rows)
            if number < _HEADS or any(row[column] is not None for column in columns)
        ]
        made.append(Table(table.title, (table.columns[0], *(table.columns[each] for each in columns)), tuple(rows)))
    return tuple(made)


def _diaries(design: ArmDesign) -> list[Timeline]:
    """What is written at home: no visit, and part of the schedule."""
    return [line for line in design.plan.timelines.values() if line.kind == Kind.DIARY.value]


def _rule(line: Timeline) -> str | None:
    timing = line.timing(line.first_number) or next(iter(line.pieces), None)
    return without_citation(timing.clause.text) if timing is not None else None


def _row(name: str) -> Text:
    return text_of(_ROWS[name])


_ROWS = {
    "Period": said_as("schedule of activities", "Period"),
    "Study day": said_as("schedule of activities", "Study day"),
    "Window (days)": said_as("schedule of activities", "Window (days)"),
    "activity": said_as("schedule of activities", "activity"),
    "note": said_as("schedule of activities", "note"),
    "visit": said_as("schedule of activities", "visit"),
    "when": said_as("schedule of activities", "when"),
}


def _in_words(numbers: tuple[int, ...]) -> Said | Value:
    """3, 4; 4, then every 2nd."""
    distances = {second - first for first, second in pairwise(numbers)}
    if len(numbers) >= _FEWEST and len(distances) == 1 and distances != {1}:
        distance = distances.pop()
        nth = Name((("en", ordinal(distance)), ("zh", str(distance))))
        return said("{first}, then every {nth}", first=Code(str(numbers[0])), nth=nth)
    return listed(*(Code(str(number)) for number in numbers), how=COMMAS)


def columns_of(design: ArmDesign) -> tuple[Column, ...]:
    """The columns in the order of their first visits."""
    by_timeline: dict[str, list[PlannedInstance]] = {}
    for visit in design.visits:
        by_timeline.setdefault(visit.timeline, []).append(visit)
    found = [column for visits in by_timeline.values() for column in _columns(visits)]
    order = {visit.id: number for number, visit in enumerate(design.visits)}
    return tuple(sorted(found, key=lambda column: order[column.first.id]))


def _columns(visits: list[PlannedInstance]) -> Iterator[Column]:
    """Visits of one timeline, those together that repeat alike as far as they do."""
    at = 0
    while at < len(visits):
        column = Column((visits[at],))
        end = at + 1
        while end < len(visits) and (longer := _with(column, visits[end])) is not None:
            column, end = longer, end + 1
        if column.number >= _FEWEST or end == at + 1:
            yield column
        else:
            yield from (Column((visit,)) for visit in visits[at:end])
        at = end


def _with(column: Column, visit: PlannedInstance) -> Column | None:
    """The column with one more visit; None where that has another window, period or distance."""
    if column.last.day is None or visit.day is None or column.last.day < 0:
        return None
    distance = visit.day - column.last.day
    alike = (_window(visit), visit.epoch, visit.rule)
    if alike != (_window(column.first), column.first.epoch, column.first.rule):
        return None
    return Column((*column.visits, visit), distance) if column.every in (None, distance) else None


def _head(column: Column, note: int) -> str:
    title = said_of(column.first.title)
    if column.number == 1:
        return _noted(title, note)
    visit = column.last
    n, _, day = visit.id.partition(".")[2].partition(".")
    last: Value = Code(n) if column.is_numbered else said("cycle {n}", n=Code(n))
    if day and not column.is_numbered:
        last = said("cycle {n} day {day}", n=Code(n), day=Code(day))
    return text_of(said("{visit} to {last} [{note}]", visit=title, last=last, note=Code(str(note))))


def _noted(title: Value, note: int) -> str:
    return text_of(said("{visit} [{note}]", visit=title, note=Code(str(note))))


def _number_of(visit: PlannedInstance) -> str:
    return visit.id.split(".")[1]


def _period(design: ArmDesign, column: Column) -> str:
    """The epoch; of a protocol without any, before, in or after treatment."""
    visit = column.first
    if visit.epoch is not None:
        known = _PERIODS.get(visit.epoch.upper())
        return text_of(known) if known is not None else visit.epoch.capitalize()
    screening, treatment, follow_up = STANDARD_EPOCHS
    name = follow_up if visit.day is None else screening if visit.day < 1 else treatment
    return text_of(_PERIODS[name])


def _days(column: Column) -> str:
    first, last = column.first.day, column.last.day
    if first is None or _WORKING_DAY in column.first.rule.partition(",")[0]:
        return SEE_NOTE
    if column.number == 1:
        return str(first)
    between = {"first": Code(str(first)), "last": Code(str(last))}
    if column.every == 1:
        return text_of(said("{first} to {last}, daily", **between))
    return text_of(said("{first} to {last}, every {n} days", n=Code(str(column.every)), **between))


def _window(visit: PlannedInstance) -> str | None:
    """The days before and after, such as "-3 +3". How many days working days are, only a site can tell."""
    if _WORKING_DAY in visit.rule:
        return SEE_NOTE
    if visit.day is not None and visit.window is not None:
        early, late = (_between(visit.day, each) for each in visit.window)
    elif visit.relation is not None and visit.relation.early is not None and visit.relation.late is not None:
        early, late = -visit.relation.early, visit.relation.late
    else:
        return None
    return f"±{late}" if late == -early else f"{early or '-0'} +{late}"


def _between(first: int, second: int) -> int:
    return (second - (second > 0)) - (first - (first > 0))
