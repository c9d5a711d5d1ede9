"""What can be done with a row about one entry: done today, done on another day, moved, not done, each as an address.

A dose is never "done" by a click: what was given, and how much, is said in its form. So are the start of a cycle and a diary.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from scheduler.calendar.entries.entry import Calendar, Entry, Kind, Status, Window
from scheduler.patient.events import Booked, CycleStarted, Given, NotDone, VisitDone
from scheduler.patient.events.kind import EventKind
from scheduler.said import SHORT_DAY, Day, Said, said
from scheduler.views.days.stretches import visits_of
from scheduler.web.guards.roles import may_record
from scheduler.web.showing.rendering import address

PLAIN = frozenset({Kind.VISIT, Kind.SCAN, Kind.LABORATORY, Kind.CONTACT})
"""What took place or did not, with nothing to say of an amount."""

DOSES = frozenset({Kind.INFUSION, Kind.INJECTION, Kind.FRACTION})
"""What is given at the site: how much is said in a form."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done with a row: its words, and the page that asks for it or shows what it would change.

    ``here``: a small page, which can be shown over the row. ``leads``: what is most often done with it.
    """

    words: Said
    address: str
    here: bool = True
    leads: bool = False


def visit_named(calendar: Calendar, name: str) -> Entry | None:
    """The entry that a row is about, by the id on the row: of a cycle that of its first dosing day, of days that of the first."""
    found = calendar.entry(name) or calendar.entry(name.rpartition(".")[0])
    if found is None:
        return None
    if found.kind is Kind.ORAL:
        first = found.runs[0].first_day if found.runs else 1
        return found if name in (found.id, f"{found.id}.{first}") else None
    return next((each for each in visits_of(found) if each.id == name), None)


def deeds_on(
    calendar: Calendar,
    name: str,
    role: str,
    today: date,
    back: str,
    row: tuple[date | None, Window | None] | None = None,
) -> tuple[Deed, ...]:
    """What that role may do with the entry of that id; nothing where it has a record, or where ``row`` is not about its day.

    ``row`` is the day and the window that the row tells. ``back`` is the page to come back to.
    """
    entry = visit_named(calendar, name)
    if entry is None or entry.status is not Status.PLANNED or entry.date is None:
        return ()
    if row is not None and row != (entry.date, entry.window):
        return ()
    return tuple(_deeds(calendar, entry, name, role, today, back))


def _deeds(calendar: Calendar, entry: Entry, name: str, role: str, today: date, back: str) -> Iterator[Deed]:
    assert entry.date is not None
    here = address("subjects", calendar.subject or "")

    def path(step: str, **query: str) -> str:
        return f"{here}/{step}?{urlencode({**query, 'back': back})}"

    def may(kind: EventKind) -> bool:
        return may_record(role, kind)

    come = entry.date <= today or (entry.window is not None and entry.window[0] <= today)
    if entry.kind in PLAIN and come and may(VisitDone.kind):
        yield _as_planned(path("do", entry=name, what="done", on=f"{min(entry.date, today)}"), entry.date, today)
        yield Deed(said("Done on …"), path("do", entry=name, what="done"))
    form = form_of_dose(entry, f"{min(entry.date, today)}")
    if form is not None and come and may(Given.kind if entry.kind in DOSES else CycleStarted.kind):
        words = said("Given …") if entry.kind in DOSES else said("Started …")
        yield Deed(words, path("record", **form), here=False, leads=True)
    if come and (entry.kind in PLAIN or form is not None) and may(VisitDone.kind):
        yield Deed(said("Whole visit …"), path("visit", entry=name), here=False)
    if may(Booked.kind):
        yield Deed(said("Move"), path("move", entry=name))
    if entry.kind in PLAIN | DOSES and entry.date <= today and may(NotDone.kind):
        yield Deed(said("Not done"), path("do", entry=name, what="not done"))


def _as_planned(path: str, planned: date, today: date) -> Deed:
    if planned < today:
        return Deed(said("Done on {day}", day=Day(planned, SHORT_DAY)), path, leads=True)
    return Deed(said("Done today"), path, leads=True)


def form_of_dose(entry: Entry, on: str) -> dict[str, str] | None:
    """The fields that are known of a dose or of the start of a cycle: which one, and the day. How much is not filled in."""
    if entry.kind is Kind.ORAL:
        cycle = str(entry.cycle or entry.n)
        begun = {"event": CycleStarted.kind.word, "treatment": entry.timeline, "cycle": cycle, "on": on}
        _, _, day = entry.id.removeprefix(f"{entry.timeline}.").partition(".")
        return begun | ({"day": day} if day else {})
    number, _, day = entry.id.removeprefix(f"{entry.timeline}.").partition(".")
    if entry.kind not in DOSES or not number.isdecimal():
        return None
    known = {"event": Given.kind.word, "treatment": entry.timeline, "n": number, "on": on}
    return known | ({"day": day} if day else {})
