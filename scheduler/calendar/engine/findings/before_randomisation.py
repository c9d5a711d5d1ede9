"""What was recorded of a patient who has no arm yet: nothing can be dated, but nothing of it is silent.

What leads into the study is named by everything that waits for the arm. What bears on whether the patient may enter at all, and
what belongs to treatment, is told as a finding, for no plan reads it before there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.calendar.engine.findings.confirmed import findings_of_confirmed
from scheduler.calendar.engine.findings.medicines_begun import findings_of_medicines
from scheduler.calendar.entries.because import Event, Reason
from scheduler.findings import Finding, Severity
from scheduler.patient import events as ev
from scheduler.patient.course import Course
from scheduler.patient.dose_rules.unread.not_read import findings_of_what_is_not_read
from scheduler.patient.events.fields import OfEntry
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import Code, Said, said

ENTERING: tuple[type[ev.Event], ...] = (
    ev.Consented,
    ev.Screened,
    ev.ScreenFailed,
    ev.FirstDosePlanned,
    ev.Joined,
    ev.Left,
    ev.Reached,
    ev.MovedToVersion,
    ev.SiteTransferred,
)
"""How a patient comes into the study. All that waits for the arm has come this far."""

TO_LOOK_AT: tuple[type[ev.Event], ...] = (
    ev.Pregnancy,
    ev.Surgery,
    ev.SurgeryPlanned,
    ev.WoundHealed,
    ev.NewAnticancerTherapy,
    ev.Progressed,
    ev.Response,
    ev.LostToFollowUp,
)
"""What bears on whether the patient may still enter the study."""

NO_MORE_THAN_TOLD: tuple[type[ev.Event], ...] = (ev.Contacted, ev.Reported)
"""What is in order before randomisation, and moves nothing."""

OF_TREATMENT: tuple[type[ev.Event], ...] = (
    ev.OfTreatment,
    ev.TreatedBeyondProgression,
    ev.Decided,
)
"""What belongs to a treatment, which nobody has before randomisation."""


def reasons_before_randomisation(course: Course, entry: str) -> tuple[Reason, ...]:
    """The events that brought the patient so far, and those about one entry that waits."""
    about = course.about(entry)
    own = [fact for fact in (about.done, about.not_done, about.booked, about.delayed) if fact is not None]
    facts = (*course.of(*ENTERING), *own)
    numbers = dict.fromkeys(number for fact in facts for number in (*fact.numbers, *about.withdrawn))
    return tuple(Event(number) for number in numbers)


def findings_before_randomisation(version: StudyVersion, course: Course, waiting: Iterable[str]) -> Iterator[Finding]:
    """What a person has to look at while there is no arm; words that the rules of some arm would read wrongly among it.

    ``waiting`` are the entries that wait for the arm.
    """
    waits = frozenset(waiting)
    yield from findings_of_confirmed(course.facts)
    yield from findings_of_medicines(course.facts)
    for plan in version.arms.values():
        yield from findings_of_what_is_not_read(plan, course.facts)
    yield from _of_facts(
        course.of(*TO_LOOK_AT), "may-still-enter", said("and the patient is not randomised yet"), _ENTER
    )
    yield from _of_facts(
        course.of(*OF_TREATMENT), "no-treatment-yet", said("and nobody is treated before randomisation"), _RANDOMISE
    )
    others = [fact for fact in course.of(OfEntry) if waits.isdisjoint(fact.event.entries)]
    yield from _of_facts(others, "not-waiting", said("and its entry is none that waits for the arm"), _ENTRY)
    for fact in course.of(*NO_MORE_THAN_TOLD):
        message = said(
            "{day}, event {number}: '{event}' is recorded before randomisation",
            day=Code(f"{fact.event.on}"),
            number=fact.number,
            event=Said(fact.event.event, context="record"),
        )
        yield Finding.of("before-an-arm", Severity.NOTE, message, events=fact.numbers)


_ENTER = said("look whether the patient may still enter: record 'screen failed', or 'randomised' with the arm")
_ENTRY = said("look at the entry and its number: correct the event, or record 'randomised' with an arm that has it")
_RANDOMISE = said("record 'randomised' with the arm, or strike the event")


def _of_facts(facts: Iterable[Fact], code: str, why: Said, hint: Said) -> Iterator[Finding]:
    for fact in facts:
        message = said(
            "{day}, event {number}: '{event}' is recorded, {why}",
            day=Code(f"{fact.event.on}"),
            number=fact.number,
            event=Said(fact.event.event, context="record"),
            why=why,
        )
        yield Finding.of(code, Severity.WARNING, message, hint, events=fact.numbers)
