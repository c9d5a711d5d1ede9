"""What can be chosen in a form about one patient: treatments, entries of the calendar, adverse events, arms, sites."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from scheduler.calendar.entries.entry import Entry, Kind, Status
from scheduler.patient.events import ASSESSMENTS, AdverseEvent, Measured
from scheduler.patient.events.kind import Vocabulary
from scheduler.protocol.plan.study import Timeline
from scheduler.said import WEEKDAY_AND_DAY, Code, Day, Said, Value, own_words, said
from scheduler.store.study import Study
from scheduler.vocabulary import BLOOD_PRESSURE, END_REASONS, LABORATORY_TESTS, MEDICINES, TERMS, TESTS
from scheduler.vocabulary import Vocabulary as Words
from scheduler.web.patients import Shown

Offers: TypeAlias = tuple[tuple[str, str | Value], ...]
"""What can be chosen: what the log takes, and the words for it. A text is a name of the study, or a term."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What one patient's calendar and log offer on a day."""

    shown: Shown
    study: Study
    today: date

    def offers(self, words: Vocabulary | None) -> tuple[Offers, bool]:
        """What can be chosen where a field takes such words, each as value and words, and whether nothing else can be."""
        found = tuple(_MAKERS[words](self)) if words is not None else ()
        return found, bool(found) and words not in _SUGGESTED

    def treatments(self, by_day: tuple[bool, ...] = (True, False)) -> Offers:
        """The treatments of the patient's arm: those taken day by day, those given dose by dose, or both."""
        plan = self.shown.patient.plan
        cycles = plan.cycles() if plan is not None and len(by_day) > 1 else ()
        lines = (*cycles, *plan.treatments()) if plan is not None else ()
        return tuple((line.name, line.title or line.name) for line in lines if line.has_days in by_day)

    def asks_for(self, field: str) -> bool:
        """False for a field that none of the patient's treatments has a use for: fractions in a record, the times of a day."""
        plan = self.shown.patient.plan
        used = _USED.get(field)
        return used is None or plan is None or any(map(used, plan.timelines.values()))

    def entries(self) -> Offers:
        """What is on the calendar and open, the nearest to today first."""
        wanted = [
            entry
            for entry in self.shown.patient.calendar.entries
            if entry.kind not in (Kind.PERIOD, Kind.CYCLE)
            if entry.status in (Status.PLANNED, Status.HELD) and entry.date
        ]
        wanted.sort(key=lambda entry: abs(((entry.date or self.today) - self.today).days))
        return tuple((_id(entry), _words(entry)) for entry in wanted)

    def sheets(self) -> Offers:
        """The sheets of time points of the patient's arm."""
        plan = self.shown.patient.plan
        return tuple((sheet.name, sheet.title) for sheet in plan.sheets) if plan is not None else ()

    def adverse_events(self) -> Offers:
        """The recorded ones."""
        facts = [fact.event for fact in self.shown.patient.course.of(AdverseEvent)]
        known = [event for event in facts if isinstance(event, AdverseEvent)]
        return tuple((str(event.ae), f"{event.ae}: {event.term}") for event in known)

    def arms(self) -> Offers:
        """The arms of the patient's version."""
        return tuple((name, plan.arm_title or name) for name, plan in self.shown.version.arms.items())

    def tests(self) -> Offers:
        """Tests that are known here, and those that were measured before."""
        facts = self.shown.patient.course.facts
        measured = {fact.event.test for fact in facts if isinstance(fact.event, Measured)}
        one_number = _by_names(LABORATORY_TESTS, {*TESTS, *measured} - {BLOOD_PRESSURE})
        return tuple(sorted([*one_number, (BLOOD_PRESSURE, said("blood pressure"))], key=lambda each: each[0]))


def next_adverse_event(shown: Shown) -> int:
    """The next free number of an adverse event."""
    facts = (fact.event for fact in shown.patient.course.facts)
    return max((event.ae for event in facts if isinstance(event, AdverseEvent)), default=0) + 1


def _same(words: Iterable[str]) -> Offers:
    return tuple((word, word) for word in sorted(words))


def _by_names(vocabulary: Words, words: Iterable[str]) -> Offers:
    """Words of the log, each beside what a reader calls it."""
    return tuple((word, vocabulary.as_name(word)) for word in sorted(words))


def _id(entry: Entry) -> str:
    return f"{entry.id}.1" if entry.kind is Kind.ORAL else entry.id


def when_it_is(entry: Entry) -> Said:
    """A dated entry by its name, and its day."""
    assert entry.date is not None
    return said("{title}, {day}", title=own_words(entry.title), day=Day(entry.date, WEEKDAY_AND_DAY))


def _words(entry: Entry) -> Said:
    title, id = own_words(entry.title), Code(_id(entry))
    if entry.date is None:
        return said("{title} ({entry})", title=title, entry=id)
    return said("{title} ({entry}), {day}", title=title, entry=id, day=Day(entry.date, WEEKDAY_AND_DAY))


_USED: dict[str, Callable[[Timeline], bool]] = {
    "fractions": lambda line: line.a_day > 1,
    "not_done": lambda line: False,  # ticked on the form of the whole visit
    "answered": lambda line: line.prompts is not None,
    "times": lambda line: any(give.taking.apart is not None for give in line.gives),
}
"""The fields that only some treatments or visits have a use for."""
_GRADES = (said("1 mild"), said("2 moderate"), said("3 severe"), said("4 life-threatening"), said("5 death"))
_FOUND = dict.fromkeys(word for words in ASSESSMENTS.values() for word in words)

_SUGGESTED = frozenset({Vocabulary.TERM, Vocabulary.TEST, Vocabulary.MEDICINE, Vocabulary.END_REASON})
"""Words beside which others are taken too."""

_MAKERS: dict[Vocabulary, Callable[[Choices], Iterable[tuple[str, str | Value]]]] = {
    Vocabulary.TREATMENT: Choices.treatments,
    Vocabulary.TABLETS: lambda choices: choices.treatments((True,)),
    Vocabulary.DOSES: lambda choices: choices.treatments((False,)),
    Vocabulary.ENTRY: Choices.entries,
    Vocabulary.SHEET: Choices.sheets,
    Vocabulary.ADVERSE_EVENT: Choices.adverse_events,
    Vocabulary.ARM: Choices.arms,
    Vocabulary.SITE: lambda choices: ((site.name, own_words(site.title)) for site in choices.study.sites),
    Vocabulary.VERSION: lambda choices: ((each.version, each.version) for each in choices.shown.others),
    Vocabulary.TERM: lambda _: _same(TERMS),
    Vocabulary.TEST: Choices.tests,
    Vocabulary.MEDICINE: lambda _: _by_names(MEDICINES, MEDICINES.names),
    Vocabulary.END_REASON: lambda _: ((name, Said(name, (), None, "end reason")) for name in END_REASONS.names),
    Vocabulary.GRADE: lambda _: ((str(number), words) for number, words in enumerate(_GRADES, 1)),
    Vocabulary.CRITERIA: lambda _: ((name, name) for name in ASSESSMENTS),
    Vocabulary.ASSESSMENT: lambda _: ((word, word) for word in _FOUND),
}
