"""A timeline resolved: which instance is how far from which other, and what is wrong with its timing.

Three things that USDM leaves open are read here in one way. The value of a fixed reference is the label of the anchor's day,
not an offset. A window lies around the planned day in the calendar: its lower part is earlier, whether the timing says before or
after. An offset in hours and minutes on a timeline of days is the same day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scheduler.said import Quoted, Said, said, said_as
from scheduler.standards.usdm.durations import Duration, read_duration
from scheduler.standards.usdm.objects import Part

_DAY_IN_A_NAME = re.compile(r"\s*D(?:AY)?[ _-]?0*(\d{1,4})\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Timed:
    """An instance with its timing. ``fault`` is why it cannot be timed; ``away`` is (months, days, minutes) from the anchor."""

    instance: Part
    timing: Part | None = None
    reference: str = ""
    duration: Duration | None = None
    sign: int = 1
    is_anchor: bool = False
    fault: Said | None = None
    away: tuple[int, int, int] | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """A timeline with its instances in their order, and the timings that are not the one of an instance, each with why."""

    part: Part
    timed: dict[str, Timed]
    anchor: str
    left_over: tuple[tuple[Part, Said], ...]


def instances_of(timeline: Part) -> list[Part]:
    """Its scheduled activities in their order, those without an id left out."""
    return [each for each in timeline.parts("instances") if not is_decision(each) and each.id]


def is_decision(instance: Part) -> bool:
    """True for a decision, by its type or by its conditions."""
    return instance.text("instanceType") == "ScheduledDecisionInstance" or "conditionAssignments" in instance.has


def resolve(timeline: Part, *, in_minutes: bool = False) -> Timeline:
    """Every instance with its timing. A fault of one is a fault of all that count from it."""
    known = {each.id: each for each in reversed(instances_of(timeline))}
    timed = {each.id: Timed(each, fault=said("no timing of the file is for it")) for each in instances_of(timeline)}
    left: list[tuple[Part, Said]] = []
    anchor = ""
    for timing in timeline.parts("timings"):
        target = timing.text("relativeFromScheduledInstanceId")
        if target not in known:
            left.append((timing, said("it times {target}, which is no instance of its timeline", target=_id(target))))
        elif timed[target].timing is not None:
            again = said(
                "{instance} has a timing already, and the first of them counts", instance=Quoted(known[target].called)
            )
            left.append((timing, again))
        else:
            timed[target] = _timed(timing, known[target], known, anchor)
            anchor = target if timed[target].is_anchor else anchor
    for each in list(timed):
        _place(each, timed, in_minutes)
    return Timeline(timeline, timed, anchor, tuple(left))


def _id(target: str) -> Quoted | Said:
    """What a timing names; a word for nothing."""
    return Quoted(target) if target else said_as("a timing", "nothing")


def _timed(timing: Part, instance: Part, known: Iterable[str], anchor: str) -> Timed:
    kind, reference = timing.part("type"), timing.text("relativeToScheduledInstanceId")
    duration = read_duration(timing.has.get("value"))
    found = Timed(instance, timing, reference, duration)
    code = {"C201358": "fixed reference", "C201356": "after", "C201357": "before"}.get(kind.text("code"))
    code = code or kind.text("decode").casefold()
    if code == "fixed reference":
        if anchor:
            return replace(found, fault=said("it is a second fixed reference of its timeline"))
        if reference not in ("", instance.id):
            return replace(found, fault=said("it is a fixed reference and counts from another instance"))
        return replace(found, is_anchor=True, away=(0, 0, 0))
    fault: Said | None = None
    if code not in ("after", "before"):
        fault = said("its type is {type}", type=Quoted(code)) if code else said("its type is missing")
    elif duration is None:
        value = timing.text("value")
        fault = (
            said("its value is {value}, which is no duration", value=Quoted(value))
            if value
            else said("it has no value that is a duration")
        )
    elif reference == instance.id:
        fault = said("it counts from itself")
    elif reference not in known:
        fault = said("it counts from {target}, which is no instance of its timeline", target=_id(reference))
    return replace(found, sign=-1 if code == "before" else 1, fault=fault)


def _place(target: str, timed: dict[str, Timed], in_minutes: bool) -> None:
    """Follow the references up to the anchor, or to an instance that is placed or faulty, and come back."""
    chain: dict[str, None] = {}
    at = target
    while timed[at].away is None and not timed[at].fault and at not in chain:
        chain[at] = None
        at = timed[at].reference
    if at in chain:
        for each in chain:
            timed[each] = replace(timed[each], fault=said("its references lead round in a circle"))
        return
    for each in reversed(chain):
        timed[each] = _from_reference(timed[each], timed[timed[each].reference], in_minutes)


def _from_reference(one: Timed, reference: Timed, in_minutes: bool) -> Timed:
    if reference.away is None or one.duration is None or reference.fault:
        of = Quoted(reference.instance.called[:200])
        return replace(one, fault=said("it counts from {instance}, whose day is not known", instance=of))
    hop = one.duration
    if not in_minutes and not hop.is_one_thing:
        value = Quoted(one.timing.text("value") if one.timing else "")
        return replace(one, fault=said("its value {value} is of several units", value=value))
    months, days, minutes = reference.away
    away = (months + one.sign * hop.months, days + one.sign * hop.days, minutes + one.sign * hop.minutes)
    placed = replace(one, away=away, depth=reference.depth + 1)
    day = None if in_minutes or months else day_in_its_name(one.instance)
    if day is not None and day not in (abs(away[1]), away[1] + 1):
        fault = said(
            "its name says Day {day}, and its timing makes it {days} days from the anchor", day=day, days=away[1]
        )
        return replace(placed, fault=fault)
    return placed


def day_in_its_name(instance: Part) -> int | None:
    """The number of a name that is only a day, such as DAY_15 or D28."""
    for key in ("name", "label"):
        found = _DAY_IN_A_NAME.fullmatch(instance.text(key))
        if found:
            return int(found.group(1))
    return None


def windows_of(timing: Part) -> bool:
    """True where a timing says anything of a window."""
    return any(timing.has.get(key) not in (None, "") for key in ("windowLower", "windowUpper", "windowLabel"))


def window_days(timing: Part) -> tuple[int, int] | Said:
    """The days earlier and later, or why they cannot be said."""
    lower, upper = read_duration(timing.has.get("windowLower")), read_duration(timing.has.get("windowUpper"))
    if lower is None or upper is None:
        return said("it has no lower and upper part that are durations")
    if lower.minutes or upper.minutes:
        return said("its parts are hours or minutes, around a day")
    if lower.months or upper.months:
        return said("its parts are months, around a day")
    return lower.days, upper.days
