"""The other medicines of a patient, each by its route: from which day, at which dose, until when.

A record with a route is about what is given by that route. One without is about the medicine's whole day: a start or a change
about what acts in the whole body, a stop about all of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from scheduler.dates import Day
from scheduler.patient.events import MedicineStarted, MedicineStopped
from scheduler.patient.events.observations import SYSTEMIC, OfMedicine
from scheduler.patient.log import Fact
from scheduler.vocabulary import generic_name


@dataclass(slots=True)
class Course:
    """A medicine by a route at one dose, from the record that says so to the one that ended it; None where it goes on.

    Where nobody said a route, there is none, and it counts as acting in the whole body.
    """

    name: str
    fact: Fact
    route: str | None
    ended_by: Fact | None = None

    @property
    def is_local(self) -> bool:
        """True where it acts in one place only."""
        return self.route is not None and self.route not in SYSTEMIC

    @property
    def end(self) -> Day | None:
        """The first day on which it is no longer given."""
        if self.ended_by is None:
            return None
        # What is begun and stopped on one day was given on that day.
        begun_today = self.fact.day == self.ended_by.day and isinstance(self.fact.event, MedicineStarted)
        return self.ended_by.day + (begun_today and isinstance(self.ended_by.event, MedicineStopped))

    def covers(self, day: Day) -> bool:
        """True where it is given on a day."""
        return self.fact.day <= day and (self.end is None or day < self.end)


class Medicines(NamedTuple):
    """The courses in the order of their records, and each change or stop of what nobody recorded as given."""

    courses: tuple[Course, ...]
    not_begun: tuple[Fact, ...]


def medicines_of(facts: Iterable[Fact]) -> Medicines:
    """All courses of all medicines; ``facts`` as they count, others than those about medicines are passed over."""
    courses: list[Course] = []
    not_begun: list[Fact] = []
    for fact in facts:
        event = fact.event
        if not isinstance(event, OfMedicine):
            continue
        name = generic_name(event.name)
        meant = _meant([course for course in courses if course.name == name and course.ended_by is None], event)
        for course in meant:
            course.ended_by = fact
        if not meant and not isinstance(event, MedicineStarted):
            not_begun.append(fact)
        if not isinstance(event, MedicineStopped):
            known = {course.route for course in meant}
            courses.append(Course(name, fact, event.route or (known.pop() if len(known) == 1 else None)))
    return Medicines(tuple(courses), tuple(not_begun))


def _meant(running: list[Course], event: OfMedicine) -> list[Course]:
    """The courses that a record is about."""
    if event.route is not None:
        same = [course for course in running if course.route == event.route]
        if same or event.is_local or isinstance(event, MedicineStarted):
            return same
        return [course for course in running if course.route is None]
    if isinstance(event, MedicineStopped):
        return running
    whole_body = [course for course in running if not course.is_local]
    # A cream of which more is used stays a cream; what is started without a route is none.
    return whole_body if whole_body or isinstance(event, MedicineStarted) else running
