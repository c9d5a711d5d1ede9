"""What assessments of the tumour mean for the calendar: progression, and the scan that an iUPD was seen on.

RECIST 1.1 progressive disease dates progression. iRECIST's iUPD never does; an iCPD dates it back to the iUPD that it confirms.
Source: Seymour et al., Lancet Oncol 2017;18:e143 (iRECIST).
"""

from __future__ import annotations

from typing import cast

from scheduler.calendar.answers import Answer, known, pending
from scheduler.calendar.because import Reason, Unknown
from scheduler.calendar.evaluation import Evaluation, latest_of
from scheduler.dates import Day
from scheduler.patient.events import Response
from scheduler.patient.log import Fact


def progression(ev: Evaluation) -> Answer:
    """The date of progression: as recorded, by RECIST, or dated back by an iCPD; the earliest of them."""
    found: list[tuple[Day, tuple[Fact, ...]]] = []
    recorded = ev.course.dates.get("progression")
    if recorded is not None:
        found.append((recorded.event.on.toordinal(), (recorded,)))
    unconfirmed: Fact | None = None
    for fact in ev.course.responses:
        assessment = cast(Response, fact.event).assessment
        if assessment == "PD":
            found.append((fact.event.on.toordinal(), (fact,)))
        elif assessment == "iUPD" and unconfirmed is None:
            unconfirmed = fact
        elif assessment == "iCPD":
            first = unconfirmed or fact
            found.append((iupd_scan_day(ev, first)[0], (first, fact)))
        elif assessment in ("iCR", "iPR", "iSD"):
            unconfirmed = None
    taken_back = ev.course.dates_taken_back.get("progression", ())
    if not found:
        return pending((Unknown("the date of progression"), *(ev.event(number) for number in taken_back)))
    day, facts = min(found, key=lambda each: each[0])
    return known(day, ev.events(*facts), max(latest_of(*facts), *taken_back, 0), actual=True)


def iupd_scan_day(ev: Evaluation, fact: Fact) -> tuple[Day, tuple[Reason, ...]]:
    """The day of the scan that a response was read from.

    It is the scan that the response names, else the last one in the four weeks before it, else its own day.
    """
    on = fact.event.on.toordinal()
    named = cast(Response, fact.event).entry
    done = [
        (facts.done.event.on.toordinal(), entry)
        for entry, facts in ev.course.entries.items()
        if facts.done is not None and _is_scan(ev, entry) and named in (None, entry)
    ]
    recent = [each for each in done if on - 28 <= each[0] <= on]
    day, entry = max(recent, default=(0, ""))
    if not entry:
        return on, ev.events(fact)
    return day, (*ev.events(fact), ev.after(entry))


def _is_scan(ev: Evaluation, entry: str) -> bool:
    """True for what the tumour is measured on. A scan that must precede something, such as a planning CT, is not for that."""
    line = ev.plan.timelines.get(entry.partition(".")[0])
    if line is None or line.kind != "scan":
        return False
    timing = line.timing(line.first_number)
    return timing is None or not timing.not_after
