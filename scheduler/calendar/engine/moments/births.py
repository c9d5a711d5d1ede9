"""The date of birth, which what is timed by age counts from: its day from the record, and what is missing without one."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.entries.because import Unknown
from scheduler.dates import Day
from scheduler.findings import Finding, Severity
from scheduler.patient.events import DateOfBirth
from scheduler.patient.log import Fact
from scheduler.protocol.plan.times.moments import DATE_OF_BIRTH, Named
from scheduler.said import Quoted, said

BIRTH = Named(DATE_OF_BIRTH)


def day_of_date(fact: Fact) -> Day:
    """The day that a recorded date stands for: of a birth the day of birth, and else that of the record."""
    return fact.event.born.toordinal() if isinstance(fact.event, DateOfBirth) else fact.day


def unknown_date(name: str) -> Unknown:
    """What nobody has recorded yet."""
    if name == DATE_OF_BIRTH:
        return Unknown(said("the date of birth"))
    return Unknown(said("the date of {what}", what=Quoted(name)))


def birth_needed(ev: Evaluation) -> Iterator[Finding]:
    """Something counts from the date of birth, and nobody has recorded it."""
    found = ev.answered.get(BIRTH)
    if found is None or found.day is not None:
        return
    message = said("something here is timed by age, and the date of birth is not recorded")
    hint = said("record 'date of birth' with born: and the day")
    yield Finding.of("birth-needed", Severity.WARNING, message, hint)
