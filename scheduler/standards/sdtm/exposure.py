"""One patient's doses: EC as scheduled and as performed, and EX of what was given.

What was scheduled is the dose in force of each day that had come, whatever was taken. What was performed is what somebody
recorded: of days of tablets that nobody reported there is no record, though the program presumes elsewhere that they were taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from scheduler.calendar.entries.because import Because
from scheduler.calendar.entries.entry import Calendar, Dose, Entry, Kind, Status
from scheduler.calendar.entries.unplanned import is_unplanned, treatment_of
from scheduler.protocol.plan.dosing.give import Give
from scheduler.protocol.plan.study import Plan, Role, StudyVersion, Timeline
from scheduler.protocol.plan.times.frequency import doses_a_day, most_as_needed
from scheduler.standards.sdtm.codelists import FORMS, FREQUENCIES, ROUTES, UNITS
from scheduler.standards.sdtm.datasets import Value
from scheduler.standards.sdtm.subject import Subject, moment


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of one entry that are alike, both included, with their doses; a dose at the site has one day."""

    entry: Entry
    line: Timeline
    first: date
    last: date
    doses: tuple[Dose, ...]
    status: Status
    because: Because


def exposure_as_collected(subject: Subject) -> list[dict[str, Value]]:
    """EC: what was scheduled and what is known of it, by day. Before the first dose no day stands, and nothing is scheduled."""
    plan = subject.patient.plan
    if plan is None or subject.first_dose is None:
        return []
    scheduled = list(
        _joined(each for each in _stretches(subject.version, subject.ordered, plan, subject.on) if _is_due(each))
    )
    performed = list(_stretches(subject.version, subject.calendar, plan, subject.on))
    rows = [row for each in scheduled for row in _scheduled(subject, plan, each)]
    rows += [row for each in performed for row in _performed(subject, plan, each, scheduled)]
    return sorted(rows, key=lambda row: (str(row["ECSTDTC"])[:10], row["ECMOOD"] == "PERFORMED", str(row["ECTRT"])))


def exposure(collected: list[dict[str, Value]]) -> list[dict[str, Value]]:
    """EX: what was given or taken, from the records of EC that say so."""
    same = ("LNKID", "TRT", "DOSE", "DOSU", "DOSFRM", "DOSFRQ", "DOSTOT", "ROUTE", "STDTC", "ENDTC", "STDY", "ENDY")
    return [
        {"STUDYID": row["STUDYID"], "USUBJID": row["USUBJID"], "EPOCH": row["EPOCH"]}
        | {f"EX{name}": row[f"EC{name}"] for name in same}
        for row in collected
        if row["ECMOOD"] == "PERFORMED" and row["ECOCCUR"] == "Y"
    ]


def treatment_name(line: Timeline, of: str | None) -> str:
    """--TRT: the drug where a treatment gives several, else the treatment; of radiotherapy both, the course has no name alone."""
    if of is None:
        return line.title.upper()
    return f"{line.title} {of}".upper() if line.kind == Kind.FRACTION.value else of.upper()


def days_unreported(subject: Subject) -> int:
    """How many dosing days up to the last one nobody reported, in cycles that are recorded as started."""
    plan = subject.patient.plan
    stretches = _stretches(subject.version, subject.calendar, plan, subject.on) if plan is not None else ()
    by_plan = (each for each in stretches if not each.line.as_needed)
    open_ = [each for each in by_plan if each.status is Status.PLANNED and each.entry.status is Status.DONE]
    return sum((each.last - each.first).days + 1 for each in open_)


def _stretches(version: StudyVersion, calendar: Calendar, plan: Plan, on: date) -> Iterator[Stretch]:
    """The dosing days of treatments up to a day, that day included, also those that the plan does not have."""
    for entry in calendar.entries:
        line = _line(version, plan, treatment_of(entry.timeline))
        if line is None or line.role is not Role.TREATMENT or entry.date is None:
            continue
        if not entry.runs and entry.date <= on:
            yield Stretch(entry, line, entry.date, entry.date, entry.doses, entry.status, entry.because)
        for run in entry.runs:
            if run.first_date <= on:
                yield Stretch(entry, line, run.first_date, min(run.last_date, on), run.doses, run.status, run.because)


def _line(version: StudyVersion, plan: Plan, treatment: str) -> Timeline | None:
    """A treatment of the patient's plan, else of another arm, which was given all the same."""
    plans = (plan, *version.arms.values())
    return next((found for each in plans if (found := each.timelines.get(treatment)) is not None), None)


def _is_due(each: Stretch) -> bool:
    """What is taken as needed was never due, nor what the plan does not have."""
    return (
        bool(each.doses)
        and not is_unplanned(each.entry)
        and each.status not in (Status.CANCELLED, Status.HELD)
        and not each.line.as_needed
    )


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Days of one entry that follow each other with the same doses as one stretch: what is known of them is another matter."""
    before: Stretch | None = None
    for each in stretches:
        if before is not None and _goes_on(before, each):
            before = replace(before, last=each.last)
            continue
        if before is not None:
            yield before
        before = each
    if before is not None:
        yield before


def _goes_on(before: Stretch, each: Stretch) -> bool:
    same = before.entry.id == each.entry.id and before.doses == each.doses
    return same and (each.first - before.last).days == 1


def _scheduled(subject: Subject, plan: Plan, each: Stretch) -> Iterator[dict[str, Value]]:
    at_site = not each.entry.runs and each.entry.ideal is not None and each.entry.ideal <= subject.on
    first = each.entry.ideal if at_site else each.first
    last = first if at_site else each.last
    for dose in each.doses:
        if dose.amount != 0:
            yield _row(subject, plan, each, dose, "SCHEDULED") | subject.dated("EC", first, last)


def _performed(subject: Subject, plan: Plan, each: Stretch, scheduled: list[Stretch]) -> Iterator[dict[str, Value]]:
    if each.status is Status.DONE:
        for dose in each.doses:
            yield _given(subject, plan, each, dose)
    elif each.status in (Status.NOT_DONE, Status.HELD):
        reason = subject.reason(each.because)
        said = f"ON HOLD: {reason}" if each.status is Status.HELD and reason else reason
        for dose in each.doses or _due(each, scheduled):
            row = _row(subject, plan, each, dose, "PERFORMED") | subject.dated("EC", each.first, each.last)
            held = "ON HOLD" if each.status is Status.HELD else None
            yield row | {"ECDOSE": None, "ECDOSU": None, "ECDOSTOT": None, "ECOCCUR": "N", "ECREASOC": said or held}


def _due(each: Stretch, scheduled: list[Stretch]) -> tuple[Dose, ...]:
    """The doses that were due in its entry, so that what was not given has the drug's name; the treatment's own without any."""
    found = [other.doses for other in scheduled if other.entry.id == each.entry.id]
    return found[0] if found else (Dose(None, ""),)


def _given(subject: Subject, plan: Plan, each: Stretch, dose: Dose) -> dict[str, Value]:
    row = _row(subject, plan, each, dose, "PERFORMED")
    time = _time(subject, each)
    if dose.amount == 0:
        dated = subject.dated("EC", each.first, each.last)
        return row | dated | {"ECDOSE": None, "ECDOSU": None, "ECOCCUR": "N", "ECREASOC": subject.reason(each.because)}
    last = moment(each.last, time if each.first == each.last else None)
    return row | subject.dated("EC", each.first, each.last, time) | {"ECENDTC": last, "ECOCCUR": "Y"}


def _time(subject: Subject, each: Stretch) -> str | None:
    """The time of day of a dose at the site, where it was recorded."""
    if each.first != each.last or each.entry.kind is Kind.ORAL:
        return None
    facts = subject.patient.course.entries.get(each.entry.id)
    done = facts.done if facts is not None else None
    return done.event.at if done is not None and done.event.on == each.first else None


def _row(subject: Subject, plan: Plan, each: Stretch, dose: Dose, mood: str) -> dict[str, Value]:
    give = _give(each.line, dose, each.entry.counts_as)
    often = dose.often or (give.frequency if give is not None else None)
    total = dose.amount if _is_of_a_whole_day(each, dose) else None
    products = plan.products_of(give.name if give is not None else each.line.name, each.line.name)
    forms = {product.form for product in products}
    link = f"{each.entry.id}.{dose.of}" if dose.of else each.entry.id
    return subject.keys | {
        "ECLNKID": link,
        "ECTRT": treatment_name(each.line, dose.of),
        "ECMOOD": mood,
        "ECPRESP": "Y",
        "ECOCCUR": None,
        "ECREASOC": None,
        "ECDOSE": dose.amount if total is None else None,
        "ECDOSU": UNITS.get(dose.unit, dose.unit) or None,
        "ECDOSFRM": FORMS.get(forms.pop()) if len(forms) == 1 else None,
        "ECDOSFRQ": _frequency(often, each) if total is None else None,
        "ECDOSTOT": total,
        "ECROUTE": ROUTES.get((give.route if give is not None else None) or ""),
        "EPOCH": subject.epoch(each.first),
    }


def _is_of_a_whole_day(each: Stretch, dose: Dose) -> bool:
    """True for an amount that was reported of a day which has several doses: it is none of them."""
    at_home = each.entry.kind is Kind.ORAL and dose.often is None and dose.amount
    return bool(at_home) and any(doses_a_day(give.frequency) != 1 for give in each.line.gives)


def _frequency(often: str | None, each: Stretch) -> str | None:
    """The codelist's term; one dose at the site is ONCE, whatever the sentence says of its days."""
    if each.entry.kind is not Kind.ORAL and not each.entry.runs:
        return "ONCE"
    if most_as_needed(often) is not None:
        return "PRN"
    return FREQUENCIES.get(often, often) if often is not None else None


def _give(line: Timeline, dose: Dose, n: int) -> Give | None:
    """The sentence that a dose follows from: the one that names it, else the only one of its cycle."""
    fits = [give for give in line.gives if give.cycles is None or give.cycles.includes(n)]
    named = [give for give in fits if dose.of in (None, give.name)]
    return named[0] if named else None
