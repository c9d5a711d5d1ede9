"""What assessments of the tumour mean for the calendar: progression, and the scan that an iUPD was seen on.

RECIST 1.1 progressive disease dates progression. iRECIST's iUPD never does; an iCPD dates it back to the iUPD that it confirms.
Source: Seymour et al., Lancet Oncol 2017;18:e143 (iRECIST).
"""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.answers import Answer, pending
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.entries.because import Reason, Unknown, highest
from scheduler.dates import Day
from scheduler.patient.episodes.assessments import Assessed, Scan, assessments_in_order, scan_of
from scheduler.patient.log import Fact
from scheduler.said import said


def progressed_again(ev: Evaluation) -> Answer | None:
    """The first progression that somebody recorded of a day after it was decided to treat beyond one: it asks anew.

    An assessment asks nothing anew: that of each later scan goes on saying that the disease has progressed.
    """
    beyond, again = ev.course.beyond_progression, ev.course.progressed_again
    if beyond is None or again is None:
        return None
    return Answer(again.day, ev.events(again), ev.events(beyond), latest_of(again, beyond), actual=True)


def goes_on_beyond_progression(ev: Evaluation) -> bool:
    """True where it was decided to treat beyond progression, and the disease has not progressed again since."""
    return ev.course.beyond_progression is not None and progressed_again(ev) is None


def stopping_progression(ev: Evaluation) -> Answer:
    """The progression that ends treatment. Under iRECIST, one by RECIST 1.1 only dates progression-free survival."""
    again = progressed_again(ev)
    if again is not None:
        return again
    under_irecist = any(each.criteria == "iRECIST" for each in assessments_of(ev))
    return progression(ev, ("iCPD",) if under_irecist else _PROGRESSED)


_PROGRESSED = ("PD", "iCPD")


def progression(ev: Evaluation, counted: tuple[str, ...] = _PROGRESSED) -> Answer:
    """The date of progression: as recorded, by RECIST, or dated back by an iCPD; the earliest of them."""
    said_so: list[tuple[Day, tuple[Fact, ...], tuple[Reason, ...]]] = []
    looked: list[Reason] = []
    recorded = ev.course.dates.get("progression")
    if recorded is not None:
        said_so.append((recorded.day, (recorded,), ()))
    assessed = assessments_of(ev)
    confirmed = any(each.assessment == "iCPD" for each in assessed)
    for each in assessed:
        if each.assessment in counted:
            said_so.append((each.progressed, each.behind, _scan_behind(ev, each)))
        if confirmed and each.criteria == "iRECIST":
            # Which iUPD an iCPD confirms hangs on all that came between.
            looked += (*ev.events(each.fact), *_scan_behind(ev, each))
    taken_back = tuple(ev.event(number) for number in ev.course.dates_taken_back.get("progression", ()))
    if not said_so:
        return pending((Unknown(said("the date of progression")), *taken_back), highest(taken_back, 0))
    day, facts, scan = min(said_so, key=lambda each: each[0])
    reasons = (*ev.events(*facts), *scan)
    rest = (*(reason for reason in looked if reason not in reasons), *taken_back)
    return Answer(day, reasons, rest, highest(rest, latest_of(*facts)), actual=True)


def _scan_behind(ev: Evaluation, each: Assessed) -> tuple[Reason, ...]:
    """The scan that dates an assessment of iRECIST: that of the iUPD that it confirms, else its own."""
    dating = each.iupd or each
    return (ev.after(dating.scan),) if each.criteria == "iRECIST" and dating.scan is not None else ()


def assessments_of(ev: Evaluation) -> tuple[Assessed, ...]:
    """The patient's assessments in order, each with its scan."""
    if not ev.course.responses:
        return ()
    return tuple(assessments_in_order(ev.course.responses, scans_of(ev)))


def taken_back_by(ev: Evaluation, number: int) -> Assessed | None:
    """The better assessment that took an iUPD back, by the number of its event: then no scan has to confirm it."""
    assessed = assessments_of(ev)
    at = next((at for at, each in enumerate(assessed) if each.fact.number == number), len(assessed))
    return next((each for each in assessed[at + 1 :] if each.reset), None)


def iupd_scan_day(ev: Evaluation, fact: Fact) -> tuple[Day, tuple[Reason, ...]]:
    """The day of the scan that a response was read from, and why it is that one."""
    day, entry = scan_of(fact, scans_of(ev))
    return (day, ev.events(fact)) if entry is None else (day, (*ev.events(fact), ev.after(entry)))


def scans_of(ev: Evaluation) -> list[Scan]:
    """The scans that were done."""
    return [
        (facts.done.day, entry)
        for entry, facts in ev.course.entries.items()
        if facts.done is not None and _is_scan(ev, entry)
    ]


def _is_scan(ev: Evaluation, entry: str) -> bool:
    """True for what the tumour is measured on. A scan that must precede something, such as a planning CT, is not for that."""
    line = ev.plan.timelines.get(entry.partition(".")[0])
    if line is None or line.kind != "scan":
        return False
    timing = line.timing(line.first_number)
    return timing is None or not timing.not_after
