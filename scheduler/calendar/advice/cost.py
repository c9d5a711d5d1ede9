"""What an assumption costs: how the planned calendars of an arm would differ, were it read otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.calendar.advice.planned_starts import HowToStart
from scheduler.calendar.build import build_calendar
from scheduler.calendar.entries.entry import Calendar, Kind
from scheduler.protocol.plan.study import Plan
from scheduler.site.site import Site


@dataclass(frozen=True, slots=True)
class Cost:
    """The most that differs for any of some start days: visits moved, the farthest move in days, visits more and fewer."""

    moved: int
    farthest: int
    more: int
    fewer: int


def cost_of(plan: Plan, other: Plan, site: Site, how: HowToStart, starts: Iterable[date]) -> Cost:
    """Plan each patient by both readings, to the protocol's horizon. ``farthest`` is positive where the other is later."""
    difference = [_difference(_planned(plan, site, how, day), _planned(other, site, how, day)) for day in starts]
    return Cost(
        moved=max((each.moved for each in difference), default=0),
        farthest=max((each.farthest for each in difference), key=abs, default=0),
        more=max((each.more for each in difference), default=0),
        fewer=max((each.fewer for each in difference), default=0),
    )


def _planned(plan: Plan, site: Site, how: HowToStart, day: date) -> Calendar:
    return build_calendar(plan, site, how.course(plan, site, day))


def _difference(before: Calendar, after: Calendar) -> Cost:
    old, new = _dates(before), _dates(after)
    moves = [(new[name] - day).days for name, day in old.items() if name in new and new[name] != day]
    return Cost(len(moves), max(moves, key=abs, default=0), len(new.keys() - old.keys()), len(old.keys() - new.keys()))


def _dates(calendar: Calendar) -> dict[str, date]:
    return {each.id: each.date for each in calendar.entries if each.date is not None and each.kind is not Kind.PERIOD}
