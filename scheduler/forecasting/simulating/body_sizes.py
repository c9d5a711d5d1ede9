"""What doses are worked out from where nobody recorded it: the expected weights, heights and clearances, as attributes in a log.

A patient's own record counts before what is expected, and the protocol's formula before an assumed one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import accumulate

from scheduler.calendar.engine.dosing.body import AGE, UNITS, recorded
from scheduler.forecasting.expecting.rates import BodySize
from scheduler.patient.course import Course
from scheduler.patient.dose_rules.facts.body_values import body_values
from scheduler.patient.events import Attribute, DateOfBirth, Event
from scheduler.protocol.plan.dosing.calculation import Surface
from scheduler.protocol.plan.dosing.give import Give
from scheduler.protocol.plan.study import Plan, StudyVersion, Timeline

Size = tuple[tuple[str, str], ...]
"""The values of one body that some doses are worked out from: (("height", "165 cm"), ("weight", "62 kg"))."""

NO_SIZE: Size = ()


def sizes(expected: Iterable[BodySize], wanted: Iterable[str]) -> Mapping[Size, Fraction]:
    """The bodies that can be told apart by what is wanted of them, each with its chance: one of nothing where nothing is."""
    names = sorted(wanted)
    found: dict[Size, Fraction] = {}
    for each in expected:
        size = tuple((name, f"{each.values[name]:f} {UNITS[name]}") for name in names if name in each.values)
        found[size] = found.get(size, Fraction(0)) + each.chance
    return found or {NO_SIZE: Fraction(1)}


def drawn_from(known: Mapping[Size, Fraction], draw: Callable[[], float]) -> Size:
    """One of these bodies, by a number from 0 to 1; nothing is drawn where there is one alone."""
    found = tuple(known)
    if len(found) == 1:
        return found[0]
    bounds = tuple(accumulate(map(float, known.values())))
    return found[min(bisect_right(bounds, draw()), len(found) - 1)]


def wanted_of(plan: Plan, course: Course | None = None) -> frozenset[str]:
    """What the doses of a plan are worked out from; of a patient what of it is not recorded."""
    wanted = body_values(plan)
    if course is None:
        return wanted
    known = {name for name in wanted if any(True for _ in recorded(course, name))}
    return wanted - known - ({AGE} if course.of(DateOfBirth) else set())


def attributes(size: Size, on: date) -> list[Event]:
    """The records of a body."""
    return [Attribute(on=on, name=name, value=value) for name, value in size]


def with_surface(version: StudyVersion, surface: Surface) -> StudyVersion:
    """A protocol whose doses per m2 are worked out by a formula where it names none itself."""
    others = tuple(replace(each, arms=_arms(each, surface)) for each in version.others)
    return replace(version, arms=_arms(version, surface), others=others)


def _arms(version: StudyVersion, surface: Surface) -> dict[str, Plan]:
    return {arm: replace(plan, timelines=_timelines(plan, surface)) for arm, plan in version.arms.items()}


def _timelines(plan: Plan, surface: Surface) -> dict[str, Timeline]:
    return {
        name: replace(line, gives=tuple(_give(each, line, surface) for each in line.gives)) if line.gives else line
        for name, line in plan.timelines.items()
    }


def _give(give: Give, line: Timeline, surface: Surface) -> Give:
    per = line.ladder.per if give.amount is None and line.ladder is not None else give.per
    if per != "m2" or give.calculation.surface is not None:
        return give
    return replace(give, calculation=replace(give.calculation, surface=surface))
