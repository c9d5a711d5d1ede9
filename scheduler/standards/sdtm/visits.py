"""One patient's visits and deviations: SV, DV and SUPPDV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from scheduler.calendar.entries.deviation import Deviation
from scheduler.calendar.entries.entry import Status
from scheduler.standards.sdtm.datasets import Row, Value
from scheduler.standards.sdtm.subject import Subject
from scheduler.standards.sdtm.supplemental import supplemental
from scheduler.standards.sdtm.trial_design import range_of_days
from scheduler.standards.sdtm.visit_numbers import VisitNumbers, is_visit, rule_of, title_of, without_citation
from scheduler.views.days.spelled_out import DayEntry, spelled_out


def subject_visits(subject: Subject, numbers: VisitNumbers) -> list[dict[str, Value]]:
    """SV: what took place or is known not to have, by day; of a visit that nobody recorded there is no record.

    A visit that was not done stands where it was planned, and has no date.
    """
    made: list[dict[str, Value]] = []
    last, after = Decimal(0), 0
    for line in sorted(_known(subject), key=lambda each: (each.date or date.max, numbers.of(each.id) or 0)):
        number = numbers.of(line.id)
        planned = numbers.planned(subject.calendar.arm, line.id)
        if number is None:
            after += 1
            number = last + (Decimal(after) / 10 if after < 10 else Decimal("0.9") + Decimal(after - 9) / 1000)
        else:
            last, after = number, 0
        done = line.status is Status.DONE
        made.append(
            subject.keys
            | {
                "VISITNUM": number,
                "VISIT": planned.called if planned is not None else title_of(line),
                "VISITDY": planned.label if planned is not None else None,
                "EPOCH": subject.epoch(line.date),
                **(subject.dated("SV", line.date, line.date, _time(subject, line)) if done else {}),
                **(_planned(subject, line) if numbers.of(line.id) is not None else _unplanned(line)),
            }
        )
    return made


def _known(subject: Subject) -> Iterator[DayEntry]:
    for line in spelled_out(subject.calendar):
        known = line.status in (Status.DONE, Status.NOT_DONE)
        if known and is_visit(line) and line.date is not None and line.date <= subject.on:
            yield line


def _time(subject: Subject, line: DayEntry) -> str | None:
    """The time of day that the record itself says; that of an appointment is not when it was kept."""
    facts = subject.patient.course.entries.get(line.of.id)
    return facts.done.event.at if facts is not None and facts.done is not None else None


def _planned(subject: Subject, line: DayEntry) -> dict[str, Value]:
    done = line.status is Status.DONE
    reason = None if done else subject.reason(line.because)
    return {"SVPRESP": "Y", "SVOCCUR": "Y" if done else "N", "SVREASOC": reason}


def _unplanned(line: DayEntry) -> dict[str, Value]:
    return {"SVUPDES": "; ".join(line.activities) or line.title}


def subject_windows(subject: Subject, numbers: VisitNumbers) -> Iterator[Row]:
    """AWSUBJ: the windows of a patient's planned visits by the calendar, by which deviations are judged; up to the last day."""
    for line in spelled_out(subject.calendar):
        number = numbers.of(line.id) if is_visit(line) else None
        target = subject.day(line.ideal)
        if number is None or target is None or line.ideal is None or line.ideal > subject.on:
            continue
        planned = numbers.planned(subject.calendar.arm, line.id)
        low, high = (subject.day(each) for each in line.window or (None, None))
        yield subject.keys | {
            "AVISITN": number,
            "AVISIT": planned.called if planned is not None else title_of(line),
            "AWTARGET": target,
            **range_of_days(None if low is None or high is None else (low, high)),
            "AWRULE": planned.rule if planned is not None else rule_of(line.of),
        }


def deviations(subject: Subject) -> tuple[list[Row], list[Row]]:
    """DV, and beside each record in SUPPDV what it departs from and by how many days."""
    found = [each for each in subject.deviations if each.date is None or each.date <= subject.on]
    records: list[Row] = []
    beside: list[Row] = []
    for number, each in enumerate(found, 1):
        records.append(
            subject.keys
            | {
                "DOMAIN": "DV",
                "DVSEQ": number,
                "DVREFID": each.about,
                "DVTERM": str(each.what),
                "DVDECOD": each.kind.value.upper(),
                "DVCAT": each.importance.upper() if each.importance is not None else None,
                "EPOCH": subject.epoch(each.date),
                "DVSTDTC": each.date.isoformat() if each.date is not None else None,
                "DVSTDY": subject.day(each.date),
            }
        )
        beside += supplemental(subject, "DV", number, _qualifiers(each))
    return records, beside


def _qualifiers(each: Deviation) -> Iterable[tuple[str, str, str | None]]:
    yield "DVDAYOFF", "Days Outside What is Allowed", str(each.days_off) if each.days_off is not None else None
    yield "DVRULE", "Sentence of the Protocol", without_citation(each.clause.text) if each.clause is not None else None
    yield "DVSEV", "Severity by the Protocol", each.severity
    yield "DVCAUSE", "Cause", each.cause
    yield "DVFOUND", "Found on", each.found.isoformat() if each.found is not None else None
    yield "DVREPORT", "Reported on", each.reported.isoformat() if each.reported is not None else None


def visit_of(subject: Subject, numbers: VisitNumbers, visit_id: str | None) -> dict[str, Value]:
    """The visit that a finding was made at, where it is known and planned."""
    number = numbers.of(visit_id) if visit_id is not None else None
    if number is None or visit_id is None:
        return {}
    entry = subject.calendar.entry(visit_id)
    planned = numbers.planned(subject.calendar.arm, visit_id)
    title = planned.called if planned is not None else entry.title if entry is not None else None
    return {"VISITNUM": number, "VISIT": title}
