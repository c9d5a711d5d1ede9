"""The schedule of activities in the shape of ICH M11's template: period, visit, day and window across, activities down.

Visits that repeat are one column: "Regorafenib, cycle 3 to 27", every 28 days. A cell says in which of them something is done: X
in all, else their numbers, "3, 4" or "4, then every 2nd". What has another window, period or distance stands by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from scheduler.standards.design.planned import ArmDesign, PlannedInstance
from scheduler.standards.sdtm.subject import STANDARD_EPOCHS
from scheduler.views.coordinator.schedule_of_activities import ordinal
from scheduler.views.table import Cell, Table

DONE = "X"
SEE_NOTE = "see note"
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
        if len(done) == self.number:
            return DONE
        numbers = _in_words(tuple(dict.fromkeys(int(_number_of(visit)) for visit in done)))
        return None if not done else numbers if self.is_numbered else f"cycle {numbers}"

    @property
    def is_numbered(self) -> bool:
        """Whether its visits are called by their numbers alone; not so where they are days of cycles."""
        return all(each.title.endswith(f" {_number_of(each)}") for each in (self.first, self.last))


def m11_tables(design: ArmDesign) -> tuple[Table, Table]:
    """The schedule, and below it a note for each column: when the visit is, in the protocol's words."""
    columns = columns_of(design)
    title = f"{design.plan.study} {design.plan.version}, schedule of activities: {design.plan.arm_title}"
    heads = [_head(column, number) for number, column in enumerate(columns, 1)]
    rows: list[tuple[Cell, ...]] = [
        ("Period", *(_period(design, column) for column in columns)),
        ("Study day", *(_days(column) for column in columns)),
        ("Window (days)", *(_window(column.first) for column in columns)),
    ]
    for name in dict.fromkeys(each for column in columns for visit in column.visits for each in visit.activities):
        rows.append((name, *(column.has(name) for column in columns)))
    notes = tuple(
        (number, head, column.first.rule or None)
        for number, (head, column) in enumerate(zip(heads, columns, strict=True), 1)
    )
    return Table(title, ("activity", *heads), tuple(rows)), Table("Notes", ("note", "visit", "when"), notes)


def _in_words(numbers: tuple[int, ...]) -> str:
    """3, 4; 4, then every 2nd."""
    distances = {second - first for first, second in pairwise(numbers)}
    if len(numbers) >= _FEWEST and len(distances) == 1 and distances != {1}:
        return f"{numbers[0]}, then every {ordinal(distances.pop())}"
    return ", ".join(map(str, numbers))


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
    title = column.first.title
    if column.number == 1:
        return f"{title} [{note}]"
    last = _number_of(column.last) if column.is_numbered else column.last.title.rpartition(", ")[2]
    return f"{title} to {last} [{note}]"


def _number_of(visit: PlannedInstance) -> str:
    return visit.id.split(".")[1]


def _period(design: ArmDesign, column: Column) -> str:
    visit = column.first
    if visit.epoch is not None:
        return visit.epoch.capitalize()
    screening, treatment, follow_up = (epoch.capitalize() for epoch in STANDARD_EPOCHS)
    if visit.day is None:
        return follow_up
    return screening if visit.day < 1 else treatment


def _days(column: Column) -> str:
    first, last = column.first.day, column.last.day
    if first is None or _WORKING_DAY in column.first.rule.partition(",")[0]:
        return SEE_NOTE
    if column.number == 1:
        return str(first)
    return f"{first} to {last}, {'daily' if column.every == 1 else f'every {column.every} days'}"


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
