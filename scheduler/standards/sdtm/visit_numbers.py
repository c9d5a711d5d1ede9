"""Which number each visit has: the one that the protocol gives it in SDTM, else planned ones in the order of their planned days.

A visit that comes again and again is listed as far as the plan is dated; later ones count on in thousandths: after 80 come
80.001, 80.002. A visit that nobody planned counts on from the visit before it, in tenths and finer: 12.1, 12.2. Where the
protocol numbers some of its visits and not all, the others come after the highest of those numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from scheduler.calendar.advice.planned_starts import how_to_start
from scheduler.calendar.entries.entry import Calendar, Entry, Kind
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.dates import study_day
from scheduler.patient.events import Reached
from scheduler.patient.log import log_of
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import Plan, Role, StudyVersion
from scheduler.protocol.plan.times.moments import Named
from scheduler.protocol.plan.version import TrialVisit
from scheduler.site.site import EVERY_DAY
from scheduler.views.days.spelled_out import DayEntry, spelled_out

_STARTS = (date(2024, 2, 5), date(2024, 3, 4))
"""Two Mondays from which every number of calendar months but 48 is another number of days: what is planned on another study
day for the second has none of its own."""

_WORKING_DAY = "working day"
_WINDOW = re.compile(r"[±+-]\d+(?: \+\d+)? working days?")

T = TypeVar("T")

_NO_VISIT = (Kind.PERIOD, Kind.CYCLE, Kind.DIARY)


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit of one arm's plan: its title and sentence, and its study day and window where they are the same for every start.

    The window of a sentence in working days is that of a site, and none here; ``day`` is then that of a site that is always open.
    ``called`` and ``label`` are what SDTM calls it and its day: title and study day, unless the protocol says otherwise.
    """

    id: str
    title: str
    day: int | None
    window: tuple[int, int] | None
    rule: str
    label: int | None
    called: str

    @property
    def in_words(self) -> tuple[object, ...]:
        """All that SDTM tells of it: what two visits of one number must share to be one row."""
        return self.called, self.day, self.window, self.rule, self.label


@dataclass(frozen=True, slots=True)
class VisitNumbers:
    """The visits of each arm by their ids, and the number of each, the same in all arms."""

    arms: dict[str, dict[str, PlannedVisit]]
    numbers: dict[str, Decimal]

    def planned(self, arm: str | None, visit_id: str) -> PlannedVisit | None:
        """The visit in an arm's plan; while nobody knows the arm, where all arms have it alike."""
        found = [self.arms.get(name, {}).get(visit_id) for name in ([arm] if arm is not None else self.arms)]
        return found[0] if found and all(each == found[0] for each in found) else None

    def of(self, visit_id: str) -> Decimal | None:
        """The number of a visit; None for one that nobody planned."""
        known = self.numbers.get(visit_id)
        if known is not None:
            return known
        timeline, _, rest = visit_id.partition(".")
        n = rest.partition(".")[0]
        before = [(int(m), number) for m, number in self._of_timeline(timeline) if n.isdigit() and int(m) <= int(n)]
        if not before:
            return None
        last, number = max(before)
        day = rest.partition(".")[2]
        finer = Decimal(day) / 100_000 if day.isdigit() else Decimal(0)
        return number + Decimal(int(n) - last) / 1000 + finer

    def _of_timeline(self, timeline: str) -> Iterator[tuple[str, Decimal]]:
        for visit_id, number in self.numbers.items():
            name, _, rest = visit_id.partition(".")
            n = rest.partition(".")[0]
            if name == timeline and n.isdigit():
                yield n, number


def number_visits(version: StudyVersion) -> VisitNumbers:
    """The planned visits of all arms of a version, with their numbers."""
    arms = {name: _visits_of(version, plan) for name, plan in version.arms.items()}
    order: dict[str, tuple[bool, int]] = {}
    for visits in arms.values():
        for visit in visits.values():
            place = (visit.day is None, visit.day or 0)
            order[visit.id] = min(order.get(visit.id, place), place)
    own = {visit_id: said.number for visit_id in order if (said := _said(version, visit_id)) is not None}
    others = sorted(order.keys() - own.keys(), key=lambda each: (order[each], list(order).index(each)))
    after = int(max(own.values(), default=Decimal(0)))
    found = own | {visit_id: Decimal(after + number) for number, visit_id in enumerate(others, 1)}
    return VisitNumbers(arms, dict(sorted(found.items(), key=lambda each: each[1])))


def _said(version: StudyVersion, visit_id: str) -> TrialVisit | None:
    """What the protocol says of a visit's name in SDTM: of the first day of what comes once."""
    name, _, rest = visit_id.partition(".")
    return version.trial_visits.get(name) if rest in ("1", "1.1") else None


def is_visit(line: DayEntry) -> bool:
    """True for what the patient comes for, or is called for; a day of a diary is at home."""
    return line.is_visit and line.kind not in _NO_VISIT


def title_of(line: DayEntry) -> str:
    """The visit's title, with the day of its cycle where the cycle has several visits."""
    several = line.of.runs and line.kind is not Kind.ORAL and line.day is not None
    return f"{line.title}, day {line.day}" if several else line.title


def _visits_of(version: StudyVersion, plan: Plan) -> dict[str, PlannedVisit]:
    """The visits of an arm as they are planned for somebody of whom nothing else is known, on days that are all open."""
    calendars = [planned_calendar(version, plan, start) for start in _STARTS]
    dated = [{line.id: line for line in spelled_out(each) if is_visit(line)} for each in calendars]
    found = {
        visit_id: _visit(
            visit_id, [(calendar, lines.get(visit_id)) for calendar, lines in zip(calendars, dated, strict=True)]
        )
        for visit_id in dated[0]
    }
    for pending in calendars[0].pending:
        if pending.kind not in _NO_VISIT and pending.id not in found:
            found[pending.id] = _undated(pending.id, pending.title, without_citation(pending.rule))
    found |= {visit.id: visit for visit in _on_an_event(plan, found)}
    return {visit_id: _as_in_sdtm(version, visit) for visit_id, visit in _told_apart(found).items()}


def _on_an_event(plan: Plan, found: Iterable[str]) -> Iterator[PlannedVisit]:
    """The first of each sort of visit that no planned calendar has: it comes only once something has happened to the patient."""
    there = {visit_id.partition(".")[0] for visit_id in found}
    for line in plan.timelines.values():
        timing = line.timing(line.first_number)
        if line.role is Role.VISIT and line.name not in there and line.kind != Kind.DIARY.value and timing is not None:
            yield _undated(f"{line.name}.{line.first_number}", line.title, without_citation(timing.clause.text))


def _undated(visit_id: str, title: str, rule: str) -> PlannedVisit:
    return PlannedVisit(visit_id, title, None, None, rule, None, title)


def _as_in_sdtm(version: StudyVersion, visit: PlannedVisit) -> PlannedVisit:
    said = _said(version, visit.id)
    return visit if said is None else replace(visit, called=said.title or visit.title, label=said.day)


def planned_calendar(version: StudyVersion, plan: Plan, start: date = _STARTS[0]) -> Calendar:
    """What is planned for somebody who starts on a day, on days that are all open.

    Of a study that gives nothing, the date that its study days count from is on that day too.
    """
    events = how_to_start(plan, version.milestones, start).events(plan, EVERY_DAY, start)
    reference = reference_without_doses(plan)
    if reference is not None and reference in version.milestones:
        events.append(Reached(on=start, milestone=reference))
    return calendar_of(version, EVERY_DAY, log_of(events), arm=plan.arm)


def reference_without_doses(plan: Plan) -> str | None:
    """The date that study days count from, where the plan gives nothing and it is another than the first dose."""
    named = plan.reference.name if isinstance(plan.reference, Named) else None
    return None if plan.treatments() or named == "first dose" else named


def _visit(visit_id: str, planned: list[tuple[Calendar, DayEntry | None]]) -> PlannedVisit:
    line = planned[0][1]
    assert line is not None
    days = {_day(calendar, each.ideal if each is not None else None) for calendar, each in planned}
    windows = {_window(calendar, each) for calendar, each in planned}
    day, rule = _only(days), rule_of(line.of)
    window = None if _WORKING_DAY in rule else _only(windows)
    label = None if is_in_working_days(rule) else day
    return PlannedVisit(visit_id, title_of(line), day, window, rule, label, title_of(line))


def _only(values: Iterable[T]) -> T | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _day(calendar: Calendar, day: date | None) -> int | None:
    first = calendar.first_dose
    return None if day is None or first is None else study_day(day.toordinal(), first.toordinal())


def _window(calendar: Calendar, line: DayEntry | None) -> tuple[int, int] | None:
    if line is None or line.window is None:
        return None
    first, last = (_day(calendar, each) for each in line.window)
    return None if first is None or last is None else (first, last)


def rule_of(entry: Entry) -> str:
    """The sentence that dates an entry, without what it cites."""
    clause = next((each for each in entry.because.set_by if isinstance(each, Clause)), None)
    return without_citation(clause.text) if clause is not None else ""


def is_in_working_days(rule: str) -> bool:
    """True where a sentence counts its day in working days: only a site can tell which one that is."""
    return _WORKING_DAY in _WINDOW.sub("", rule.partition(",")[0])


def without_citation(text: str) -> str:
    """The sentence without the sources and assumptions that close it."""
    return text[: text.rindex("(")].rstrip() if text.endswith(")") and "(" in text else text


def _told_apart(visits: dict[str, PlannedVisit]) -> dict[str, PlannedVisit]:
    """Two visits of one title have their ids beside it."""
    titles = [visit.title for visit in visits.values()]
    twice = {title for title in titles if titles.count(title) > 1}
    apart = {name: f"{each.title} ({name})" for name, each in visits.items() if each.title in twice}
    return {
        name: replace(each, title=apart[name], called=apart[name]) if name in apart else each
        for name, each in visits.items()
    }
