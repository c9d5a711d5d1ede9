"""What an earlier print said: the log as it was then, and the list of now with what is otherwise."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from scheduler.local_times import LocalTime, day_at, moment_of
from scheduler.views.patients import Patient, patient_of
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.pharmacy.dispensing_line import DispensingList

if TYPE_CHECKING:
    from scheduler.folder.reading.contents import Case, StudyFolder
    from scheduler.patient.log import Log


def listed_since(
    study: StudyFolder, first: date, last: date, since: datetime | None = None, on: date | None = None
) -> DispensingList:
    """The pharmacy's list of a period; what was recorded from ``since`` on and changes a line is marked.

    ``since`` (with its zone) is when the last list was printed. What was recorded in that very moment or later counts as new:
    a line too many that is marked costs a look, one too few a wrong bottle. ``on`` is the day that it is looked at, its first day
    where nobody says another.
    """
    day = on or first
    if since is None:
        return dispensing_list(study.patients(), first, last, on=day)
    printed = dispensing_list(
        (_before(case, since) for case in study.cases),
        first,
        last,
        on=max(first, min(day, day_at(since, study.site.zone))),
    )
    return dispensing_list(study.patients(), first, last, printed.everything, on=day)


def moment_at(text: str, zone: str) -> datetime:
    """The moment that a person means with ``2026-05-18`` (the start of that day) or ``2026-05-18 14:30`` at a site.

    Raises ValueError for any other spelling.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None or len(text) not in (len("2026-05-18"), len("2026-05-18 14:30")):
        raise ValueError(f"'{text}' is not a local time")
    return moment_of(LocalTime(moment.date(), moment.time(), zone))


def log_before(log: Log, moment: datetime) -> Log:
    """The log as it was just before a moment. Events that do not say when they were recorded count at the start of their day."""
    number = 0
    for record in log.records:
        if record.event.recorded_at >= moment:
            break
        number = record.number
    return log.until(number)


def _before(case: Case, moment: datetime) -> Patient:
    return patient_of(case.version, case.site, log_before(case.log, moment), subject=case.subject or "")
