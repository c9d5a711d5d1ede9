"""What can be chosen in a form about one patient: treatments, entries of the calendar, adverse events, arms, sites."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from scheduler.calendar.entries.entry import Entry, Kind, Status
from scheduler.ctcae import TERMS
from scheduler.exports.words import short_date, weekday
from scheduler.patient.events import ASSESSMENTS, AdverseEvent, Measured
from scheduler.protocol.plan.study import Timeline
from scheduler.store.study import Study
from scheduler.web.patients import Shown

Offers: TypeAlias = tuple[tuple[str, str], ...]

_OF_CYCLES = frozenset({"cycle started", "taken", "not taken", "dispensed", "returned", "lost"})
_OF_DOSES = frozenset({"given"})


@dataclass(frozen=True, slots=True)
class Choices:
    """What one patient's calendar and log offer on a day."""

    shown: Shown
    study: Study
    today: date

    def offers(self, kind: str, field: str) -> tuple[Offers, bool]:
        """What can be chosen in a field, each as value and words, and whether nothing else can be."""
        make = _MAKERS.get(field)
        if make is None:
            return (), False
        found, sure = make(self, kind)
        return found, sure and bool(found)

    def treatments(self, kind: str) -> tuple[Offers, bool]:
        """The treatments of the patient's arm that this kind of event can be about."""
        plan = self.shown.patient.plan
        lines = plan.treatments() if plan is not None else ()
        return tuple((line.name, line.title or line.name) for line in lines if _fits(line, kind)), True

    def entries(self, kind: str) -> tuple[Offers, bool]:
        """What is on the calendar and open, the nearest to today first."""
        wanted = [
            entry
            for entry in self.shown.patient.calendar.entries
            if entry.kind is not Kind.PERIOD and entry.status in (Status.PLANNED, Status.HELD) and entry.date
        ]
        wanted.sort(key=lambda entry: abs(((entry.date or self.today) - self.today).days))
        return tuple((_id(entry), _words(entry)) for entry in wanted), True

    def adverse_events(self, kind: str) -> tuple[Offers, bool]:
        """For a new one the next free number; else the recorded ones."""
        facts = [fact.event for fact in self.shown.patient.course.of(AdverseEvent)]
        if kind == "adverse event":
            return (), False
        known = [event for event in facts if isinstance(event, AdverseEvent)]
        return tuple((str(event.ae), f"{event.ae}: {event.term}") for event in known), True

    def related(self, kind: str) -> tuple[Offers, bool]:
        """What an adverse event can be related to: the treatments of the patient's arm."""
        found, _ = self.treatments(kind)
        return found, False

    def arms(self, kind: str) -> tuple[Offers, bool]:
        """The arms of the patient's version."""
        return tuple((name, plan.arm_title or name) for name, plan in self.shown.version.arms.items()), True

    def sites(self, kind: str) -> tuple[Offers, bool]:
        """All sites of the study."""
        return tuple((site.name, site.name) for site in self.study.sites), True

    def versions(self, kind: str) -> tuple[Offers, bool]:
        """The study's other versions."""
        return tuple((version.version, version.version) for version in self.shown.others), True

    def terms(self, kind: str) -> tuple[Offers, bool]:
        """Terms of CTCAE; other words are taken too."""
        return tuple((term, term) for term in sorted(TERMS)), False

    def tests(self, kind: str) -> tuple[Offers, bool]:
        """Tests that were measured before."""
        names = {fact.event.test for fact in self.shown.patient.course.facts if isinstance(fact.event, Measured)}
        return tuple((name, name) for name in sorted(names)), False

    def grades(self, kind: str) -> tuple[Offers, bool]:
        """The grades of CTCAE."""
        words = ("mild", "moderate", "severe", "life-threatening", "death")
        return tuple((str(number), f"{number} {word}") for number, word in enumerate(words, 1)), True

    def criteria(self, kind: str) -> tuple[Offers, bool]:
        """The criteria by which a tumour is assessed."""
        return tuple((name, name) for name in ASSESSMENTS), True

    def assessments(self, kind: str) -> tuple[Offers, bool]:
        """All words of all criteria."""
        return tuple(
            (word, word) for word in dict.fromkeys(word for words in ASSESSMENTS.values() for word in words)
        ), True


def next_adverse_event(shown: Shown) -> int:
    """The next free number of an adverse event."""
    facts = (fact.event for fact in shown.patient.course.facts)
    return max((event.ae for event in facts if isinstance(event, AdverseEvent)), default=0) + 1


def _fits(line: Timeline, kind: str) -> bool:
    if kind in _OF_CYCLES:
        return line.has_days or kind in ("dispensed", "returned", "lost")
    return not line.has_days if kind in _OF_DOSES else True


def _id(entry: Entry) -> str:
    return f"{entry.id}.1" if entry.kind is Kind.ORAL else entry.id


def _words(entry: Entry) -> str:
    day = entry.date
    return f"{entry.title} ({_id(entry)}), {weekday(day)} {short_date(day)}" if day else f"{entry.title} ({_id(entry)})"


_MAKERS: dict[str, Callable[[Choices, str], tuple[Offers, bool]]] = {
    "treatment": Choices.treatments,
    "entry": Choices.entries,
    "ae": Choices.adverse_events,
    "related": Choices.related,
    "arm": Choices.arms,
    "site": Choices.sites,
    "version": Choices.versions,
    "term": Choices.terms,
    "test": Choices.tests,
    "grade": Choices.grades,
    "criteria": Choices.criteria,
    "assessment": Choices.assessments,
}
