"""What records of samples contradict: sheets and time points that the arm does not have, and one time point recorded twice."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding, nearest_known
from scheduler.patient.chart import Chart
from scheduler.patient.contradictions.say import CORRECT_ONE, refuse, told
from scheduler.patient.events import NotSampled, OfTimePoint, Sampled
from scheduler.patient.log import Fact
from scheduler.protocol.plan.sheet import Sheet
from scheduler.said import COMMAS, Code, Quoted, Said, listed, said
from scheduler.source.quoting import quoted


def samples_are_on_a_sheet(chart: Chart) -> Iterator[Finding]:
    """A sample is of a sheet of the arm, of a dose that the sheet is for, and of one of its time points."""
    for fact, event in chart.of(Sampled, NotSampled):
        sheets = [sheet for plan in chart.plans_on(event.on) for sheet in plan.sheets]
        named = [each for each in sheets if each.name == event.sheet]
        # A dose keeps the sheet of its own version: its last samples may be taken after a move to another one.
        sheet = next((each for each in named if each.point(event.point) is not None), named[0] if named else None)
        if sheet is None:
            hint = nearest_known(event.sheet, {each.name for each in sheets})
            yield refuse(
                "unknown-sheet", said("the arm has no sheet {sheet}", sheet=Code(quoted(event.sheet))), hint, fact
            )
        elif sheet.point(event.point) is None:
            message = said("{name} has no time point {point}", name=Code(sheet.name), point=Code(quoted(event.point)))
            yield refuse("unknown-time-point", message, _its_points(sheet, event.point), fact)
        else:
            yield from _of_another_dose(sheet, event, fact)


def _its_points(sheet: Sheet, written: str) -> Said:
    names = [point.name for point in sheet.points]
    near = next(
        (name for name in names if name.split()[0] == written.strip().rstrip("abcdefghijklmnopqrstuvwxyz. ")), None
    )
    if near is not None:
        return said("write {words}", words=Code(near))
    return said("known here: {names}", names=listed(*map(Code, names), how=COMMAS))


def _of_another_dose(sheet: Sheet, event: OfTimePoint, fact: Fact) -> Iterator[Finding]:
    days = sheet.follows.days
    followed = sheet.follows.timeline
    if not sheet.follows.again and not sheet.follows.selection.includes(event.n):
        yield refuse(
            "unknown-occurrence",
            said("{name} is not for {followed} {n}", name=Code(sheet.name), followed=Code(followed), n=event.n),
            None,
            fact,
        )
    elif len(days) > 1 and event.day is None:
        hint = said("add 'day:', one of {days}", days=listed(*days, how=COMMAS))
        yield refuse(
            "no-day", said("{name} is on several days of a cycle: which day?", name=Code(sheet.name)), hint, fact
        )
    elif event.day is not None and event.day not in (days or (1,)):
        hint = said("known here: {names}", names=listed(*(days or (1,)), how=COMMAS))
        yield refuse(
            "unknown-day",
            said("{name} does not count from day {day}", name=Code(sheet.name), day=event.day),
            hint,
            fact,
        )


def samples_are_taken_once(chart: Chart) -> Iterator[Finding]:
    """A time point is recorded once, as taken or as not taken."""
    seen: dict[tuple[str, int, int | None, str], Fact] = {}
    for fact, event in chart.of(Sampled, NotSampled):
        key = (event.sheet, event.n, event.day, event.point)
        first = seen.setdefault(key, fact)
        if first is not fact:
            message = said(
                "{sheet} {n}, {point}, is recorded twice: {first} and {fact}",
                sheet=Code(event.sheet),
                n=event.n,
                point=Quoted(event.point),
                first=told(first),
                fact=told(fact),
            )
            yield refuse("recorded-twice", message, CORRECT_ONE, first, fact)
