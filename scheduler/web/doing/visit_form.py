"""A visit as one form: each of its parts is a small form of one event, and the parts that say something are events together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from scheduler.calendar.entries.entry import Entry, Flag, Kind, Status
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.findings import Finding
from scheduler.patient.events import (
    AdverseEvent,
    Booked,
    CycleStarted,
    Dispensed,
    Event,
    Given,
    Measured,
    NotDone,
    Rebooked,
    Returned,
    VisitDone,
)
from scheduler.patient.events.kind import EventKind
from scheduler.said import Value, own_words, said
from scheduler.views.days.attendance import needs_patient
from scheduler.web.doing.deeds import DOSES, form_of_dose
from scheduler.web.patients import Shown
from scheduler.web.recording.event_choices import Choices, next_adverse_event
from scheduler.web.recording.event_entry import read_entry
from scheduler.web.recording.event_fields import Field, fields_of

MOST_KNOWN, BLANK_VALUES, BLANK_REACTIONS = 10, 2, 2
"""How many tests that were measured before have a row, and how many rows are empty."""

VALUES, REACTIONS, TABLETS, NEXT = "values", "reactions", "tablets", "next"


@dataclass(frozen=True, slots=True)
class Part:
    """A small form of one event: which kind, what is known of it, and which fields are asked.

    ``given`` are first values of fields that are asked: they alone make no event.
    """

    key: str
    group: str
    kind: EventKind
    known: Mapping[str, str]
    names: tuple[str, ...]
    given: Mapping[str, str] = field(default_factory=dict)
    title: str = ""

    def name(self, of: str) -> str:
        """The name that a field of this part has in the form."""
        return f"{self.key}.{of}"

    def said(self, form: Mapping[str, str]) -> dict[str, str]:
        """What the form says in it, without what it does not say."""
        told = {
            name: form.get(self.name(name), self.given.get(name, "")).strip() for name in (*self.names, "confirmed")
        }
        return {name: text for name, text in told.items() if text}

    def is_said(self, form: Mapping[str, str]) -> bool:
        """True where somebody typed something in it."""
        told = self.said(form)
        return any(told.get(name, "") != self.given.get(name, "") for name in self.names)


@dataclass(frozen=True, slots=True)
class Entered:
    """What the form says: the events with the part that each is from, and what is wrong, by part and field."""

    events: tuple[tuple[str, Event], ...]
    findings: Mapping[str, Mapping[str, tuple[Finding, ...]]]


def parts_of(shown: Shown, entry: Entry, today: date) -> tuple[Part, ...]:
    """The parts of the form about one visit: values, adverse events, tablets back and handed out, the next appointment."""
    return (*_values(shown), *_reactions(), *_tablets(shown), *_next(shown, entry, today))


def _values(shown: Shown) -> Iterator[Part]:
    last: dict[str, Measured] = {}
    for fact in sorted(shown.patient.course.of(Measured), key=lambda fact: (fact.event.on, fact.number)):
        if isinstance(fact.event, Measured):
            last.pop(fact.event.test, None)
            last[fact.event.test] = fact.event
    for number, (test, event) in enumerate(reversed(last.items()), 1):
        if number <= MOST_KNOWN:
            limit = "" if event.upper_limit is None else f"{event.upper_limit}"
            given = {"unit": event.unit, "upper_limit": limit}
            names = ("value", "unit", "upper_limit")
            yield Part(f"known-{number}", VALUES, Measured.kind, {"test": test}, names, given, test)
    for number in range(1, BLANK_VALUES + 1):
        yield Part(f"value-{number}", VALUES, Measured.kind, {}, ("test", "value", "unit", "upper_limit"))


def _reactions() -> Iterator[Part]:
    for number in range(1, BLANK_REACTIONS + 1):
        names = ("term", "grade", "onset", "serious", "related")
        yield Part(f"reaction-{number}", REACTIONS, AdverseEvent.kind, {}, names)


def _tablets(shown: Shown) -> Iterator[Part]:
    plan = shown.patient.plan
    for line in plan.treatments() if plan is not None else ():
        if line.has_days:
            treatment, title = {"treatment": line.name}, line.title or line.name
            back = ("cycle", "quantity", "strength", "lot")
            yield Part(f"returned-{line.name}", TABLETS, Returned.kind, treatment, back, title=title)
            out = (*back, "expires")
            yield Part(f"dispensed-{line.name}", TABLETS, Dispensed.kind, treatment, out, title=title)


def _next(shown: Shown, entry: Entry, today: date) -> Iterator[Part]:
    coming = [
        each
        for each in shown.patient.calendar.entries
        if each.status is Status.PLANNED and each.date is not None and each.date >= today
        if each.id != entry.id and needs_patient(each)
    ]
    following = min(coming, key=lambda each: (each.date or today, each.id), default=None)
    if following is not None:
        kind = Rebooked.kind if Flag.BOOKED in following.flags else Booked.kind
        known = {"entry": f"{following.id}.1" if following.kind is Kind.ORAL else following.id}
        yield Part("next", NEXT, kind, known, ("to", "at"), title=following.title)


def head_of(entry: Entry, name: str, form: Mapping[str, str], on: str) -> tuple[EventKind, dict[str, str]]:
    """The event about the visit itself: it took place, or was given or started with what was typed, or was not done."""
    told = {"on": on, "at": form.get("at", "").strip(), "note": form.get("note", "").strip()}
    told["not_done"] = _left_out(entry, form)
    told["confirmed"] = form.get("visit.confirmed", "").strip()
    if form.get("was") == "not done":
        nothing = {"at": "", "note": "", "not_done": ""}
        return NotDone.kind, {**told, **nothing, "entry": name, "reason": form.get("reason", "").strip()}
    dose = form_of_dose(entry, on)
    if dose is not None:
        kind = Given.kind if entry.kind in DOSES else CycleStarted.kind
        return kind, {**told, **dose, "amount": form.get("amount", "").strip()}
    return VisitDone.kind, {**told, "entry": name}


def _left_out(entry: Entry, form: Mapping[str, str]) -> str:
    """What was planned at the visit and is not ticked, one a line."""
    ticked = set(form.get("activity", "").splitlines())
    left = [each for each in entry.activities if each not in ticked] if form.get("was") == "done" else []
    return "\n".join(left)


def read_visit(shown: Shown, entry: Entry, name: str, form: Mapping[str, str], today: date) -> Entered:
    """All that the form says. Nothing of it is kept where one part cannot be read."""
    on = form.get("on", "").strip()
    kind, told = head_of(entry, name, form, on)
    events: list[tuple[str, Event]] = []
    wrong: dict[str, Mapping[str, tuple[Finding, ...]]] = {}
    number = next_adverse_event(shown)
    asked: list[tuple[str, EventKind, dict[str, str]]] = [("visit", kind, told)]
    for part in parts_of(shown, entry, today):
        if part.is_said(form):
            known = {**part.known, "on": on}
            if part.group == REACTIONS:
                known["ae"] = str(number)
                number += 1
            asked.append((part.key, part.kind, {**part.said(form), **known}))
    for key, each, values in asked:
        read = read_entry(each, values)
        if read.event is not None:
            events.append((key, read.event))
        else:
            wrong[key] = read.findings
    return Entered(tuple(events), wrong)


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part as the form shows it: its fields with what was typed, and what belongs to none of them."""

    part: Part
    title: Value
    fields: tuple[Field, ...]
    general: tuple[Finding, ...]


def shown_parts(
    parts: Iterable[Part],
    choices: Choices,
    form: Mapping[str, str],
    wrong: Mapping[str, Mapping[str, tuple[Finding, ...]]],
) -> tuple[ShownPart, ...]:
    """The parts with their fields."""
    return tuple(_shown(part, choices, form, wrong.get(part.key, {})) for part in parts)


def _shown(
    part: Part, choices: Choices, form: Mapping[str, str], wrong: Mapping[str, tuple[Finding, ...]]
) -> ShownPart:
    values = {name: form.get(part.name(name), part.given.get(name, "")) for name in part.names}
    found = {each.name: each for each in fields_of(part.kind, choices, values, wrong)}
    fields = [found[name] for name in part.names if name in found]
    general = tuple(each for name, some in wrong.items() if name not in part.names for each in some)
    titles = {
        "returned": said("{what}: brought back", what=own_words(part.title)),
        "dispensed": said("{what}: handed out", what=own_words(part.title)),
    }
    return ShownPart(
        part,
        titles.get(part.kind.word) or title_in_words(part.title),
        tuple(replace(each, name=part.name(each.name), required=False) for each in fields),
        general,
    )
