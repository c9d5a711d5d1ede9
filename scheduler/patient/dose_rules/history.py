"""What of one patient the dose rules look at, arranged once: grades by term, values by test, attributes, medicines, levels."""

from __future__ import annotations

from dataclasses import dataclass, field

from scheduler.dates import Day
from scheduler.patient import events as ev
from scheduler.patient.course import Course, LevelChange
from scheduler.patient.dose_rules.grades import Course as Grades
from scheduler.patient.dose_rules.grades import courses_by_term
from scheduler.patient.dose_rules.names import attribute_key
from scheduler.patient.dose_rules.values import Values, measurements_by_test
from scheduler.patient.log import Fact
from scheduler.protocol.plan import Ladder, Plan
from scheduler.protocol.rules import Attribution

_GRADED = (ev.AdverseEvent, ev.Regraded, ev.Resolved)
_MEDICINES = (ev.MedicineStarted, ev.MedicineChanged, ev.MedicineStopped)
_ORDERS = (ev.Held, ev.Resumed, ev.DoseChanged, ev.Discontinued, ev.EndOfTreatment, ev.Decided)
_LOOKED_AT = frozenset((*_GRADED, ev.Measured, ev.Attribute, *_MEDICINES, *_ORDERS))


@dataclass(slots=True)
class History:
    """The facts of one patient under one plan, sorted by what rules ask for. ``first_dose`` is that of anything."""

    plan: Plan
    course: Course
    graded: list[Fact] = field(default_factory=list)
    measured: list[Fact] = field(default_factory=list)
    attributes: dict[str, list[Fact]] = field(default_factory=dict)
    medicines: dict[str, list[Fact]] = field(default_factory=dict)
    orders: list[Fact] = field(default_factory=list)
    values: Values = field(init=False)
    _grades: dict[tuple[str, Attribution], dict[str, Grades]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for fact in self.course.facts:
            event = fact.event
            if type(event) not in _LOOKED_AT:
                continue
            if isinstance(event, _GRADED):
                self.graded.append(fact)
            elif isinstance(event, ev.Measured):
                self.measured.append(fact)
            elif isinstance(event, ev.Attribute):
                self.attributes.setdefault(attribute_key(event.name), []).append(fact)
            elif isinstance(event, _MEDICINES):
                self.medicines.setdefault(event.name.casefold(), []).append(fact)
            elif isinstance(event, _ORDERS):
                self.orders.append(fact)
        self.values = Values(measurements_by_test(self.measured), self.attributes, self.course.first_dose)

    def grades(self, treatment: str, attributed: Attribution) -> dict[str, Grades]:
        """The course of each term, of the adverse events that are for a treatment."""
        key = (treatment, attributed)
        found = self._grades.get(key)
        if found is None:
            line = self.plan.timelines.get(treatment)
            names = {treatment.casefold(), *(give.name.casefold() for give in (line.gives if line else ()))}
            found = self._grades[key] = courses_by_term(self.graded, names, attributed)
        return found

    def attributes_until(self, name: str, trigger: Fact) -> list[Fact]:
        """What was recorded of an attribute up to the day of an event, or up to the event where it is one of them.

        The last is in force.
        """
        known = self.attributes.get(attribute_key(name), [])
        if trigger in known:
            return known[: known.index(trigger) + 1]
        return [fact for fact in known if fact.event.on <= trigger.event.on]

    def ladder(self, treatment: str) -> Ladder | None:
        """The dose levels of a treatment, where it has several."""
        line = self.plan.timelines.get(treatment)
        return line.ladder if line is not None else None

    def level_before(self, treatment: str, day: Day) -> LevelChange | None:
        """The last change of dose level before a day: what came up on a day came up under the level of before."""
        known = self.course.levels.get(treatment, ())
        return next((change for change in reversed(known) if change.day < day), None)

    def orders_for(self, treatment: str, first: Day) -> list[Fact]:
        """What was ordered for a treatment, or for all, on a day or later; decisions are not orders of this kind."""
        return [
            fact
            for fact in self.orders
            if fact.event.on.toordinal() >= first
            and not isinstance(fact.event, ev.Decided)
            and getattr(fact.event, "treatment", treatment) == treatment
        ]

    def decisions(self) -> list[tuple[Fact, ev.Decided]]:
        """What was decided on proposals."""
        return [(fact, fact.event) for fact in self.orders if isinstance(fact.event, ev.Decided)]
