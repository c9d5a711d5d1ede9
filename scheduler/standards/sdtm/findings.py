"""One patient's adverse events, responses and counts of units: AE, RS, DA, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import cast

from scheduler.patient import events as ev
from scheduler.patient.episodes.adverse_events import AdverseEventCourse, adverse_events_of
from scheduler.patient.events.doses import OfUnits
from scheduler.standards.sdtm.codelists import ACTIONS, CRITERIA, RESPONSES, UNITS
from scheduler.standards.sdtm.datasets import Row
from scheduler.standards.sdtm.subject import Subject, moment
from scheduler.standards.sdtm.supplemental import supplemental
from scheduler.standards.sdtm.visit_numbers import VisitNumbers
from scheduler.standards.sdtm.visits import visit_of
from scheduler.vocabulary import ADVERSE_EVENTS, Known, Specified, Synonym
from scheduler.vocabulary.end_reasons import adverse_event_number

_DEATH = 5
_ORDERS = (ev.Held, ev.DoseChanged, ev.Resumed, ev.Discontinued, ev.EndOfTreatment)


def adverse_events(subject: Subject) -> tuple[list[Row], list[Row]]:
    """AE with one record for each, at its worst grade; beside it, in SUPPAE, every change of grade with its day."""
    records: list[Row] = []
    beside: list[Row] = []
    facts = [fact for fact in subject.patient.course.facts if fact.event.on <= subject.on]
    for number, course in enumerate(adverse_events_of(facts), 1):
        actions = _actions(subject, course.ae)
        records.append(
            subject.keys
            | {
                "DOMAIN": "AE",
                "AESEQ": number,
                "AESPID": str(course.ae),
                "AETERM": course.recorded_term,
                "AELLT": course.term if _is_listed(course.recorded_term) else None,
                "AESER": "Y" if course.serious else "N",
                "AEACN": "MULTIPLE" if len(actions) > 1 else next(iter(actions), None),
                "AEREL": "Y" if course.related else None,
                "AEOUT": _outcome(course),
                "AETOXGR": str(course.worst),
                "EPOCH": subject.epoch(course.onset),
                **subject.dated("AE", course.onset, course.end),
            }
        )
        beside += supplemental(subject, "AE", number, _qualifiers(subject, course, actions))
    return records, beside


def _is_listed(term: str) -> bool:
    return isinstance(ADVERSE_EVENTS.known(term), Known | Synonym | Specified)


def _outcome(course: AdverseEventCourse) -> str:
    if course.now == _DEATH:
        return "FATAL"
    return "RECOVERED/RESOLVED" if course.end is not None else "NOT RECOVERED/NOT RESOLVED"


def _actions(subject: Subject, ae: int) -> dict[str, None]:
    """What was ordered with this adverse event as its reason, each once."""
    plan = subject.patient.plan
    levels: dict[str, int] = {}
    actions: dict[str, None] = {}
    for event in (fact.event for fact in subject.facts(*_ORDERS)):
        action = ACTIONS.get(event.event)
        if isinstance(event, ev.DoseChanged | ev.Resumed) and event.level is not None:
            start = plan.start_level(event.treatment) if plan is not None else 0
            before = levels.get(event.treatment, start)
            levels[event.treatment] = event.level
            action = "DOSE REDUCED" if event.level < before else "DOSE INCREASED" if event.level > before else None
        if action is not None and event.reason is not None and adverse_event_number(event.reason) == ae:
            actions[action] = None
    return actions


def _qualifiers(
    subject: Subject, course: AdverseEventCourse, actions: dict[str, None]
) -> Iterator[tuple[str, str, str | None]]:
    plan = subject.patient.plan
    yield "AERELTRT", "Treatments that it is Related to", "; ".join(course.related)
    if len(course.grades) > 1:
        yield (
            "AEGRADES",
            "Grades with the Days that they Began",
            "; ".join(f"{day}: {grade}" for day, grade in course.grades),
        )
    if len(actions) > 1:
        for number, action in enumerate(actions, 1):
            yield f"AEACN{number}", f"Action Taken with Study Treatment {number}", action
    if plan is not None:
        yield "AECTCVER", "Version of CTCAE", plan.ctcae_on(course.recorded)


def responses(subject: Subject, numbers: VisitNumbers) -> Iterator[Row]:
    """RS: a record for each assessment of the tumour."""
    for fact in subject.facts(ev.Response):
        event = cast(ev.Response, fact.event)
        yield subject.keys | {
            "RSTESTCD": "OVRLRESP",
            "RSTEST": "Overall Response",
            "RSCAT": CRITERIA.get(event.criteria, event.criteria.upper()),
            "RSORRES": event.assessment,
            "RSSTRESC": RESPONSES.get(event.assessment, event.assessment),
            **visit_of(subject, numbers, event.entry),
            "EPOCH": subject.epoch(event.on),
            "RSDTC": moment(event.on, event.at),
            "RSDY": subject.day(event.on),
        }


_COUNTS: dict[type[ev.Event], tuple[str, str]] = {
    ev.Dispensed: ("DISPAMT", "Dispensed Amount"),
    ev.Returned: ("RETAMT", "Returned Amount"),
    ev.Lost: ("LOSTAMT", "Lost Amount"),
}


def accountability(subject: Subject) -> tuple[list[Row], list[Row]]:
    """DA with a record for each count of units, and beside it in SUPPDA the cycle and the expiry."""
    records: list[Row] = []
    beside: list[Row] = []
    for number, fact in enumerate(subject.facts(*_COUNTS), 1):
        event = cast(OfUnits, fact.event)
        code, name = _COUNTS[type(event)]
        form = subject.calendar.form_of(event.treatment).one
        records.append(
            subject.keys
            | {
                "DOMAIN": "DA",
                "DASEQ": number,
                "DAREFID": event.lot,
                "DATESTCD": code,
                "DATEST": name,
                "DACAT": event.treatment.upper(),
                "DASCAT": event.strength_in_short,
                "DAORRES": str(event.quantity),
                "DAORRESU": UNITS.get(form, form),
                "DASTRESC": str(event.quantity),
                "DASTRESN": event.quantity,
                "DASTRESU": UNITS.get(form, form),
                "EPOCH": subject.epoch(event.on),
                "DADTC": moment(event.on, event.at),
                "DADY": subject.day(event.on),
            }
        )
        beside += supplemental(subject, "DA", number, _of_units(event.cycle, event.expires))
    return records, beside


def _of_units(cycle: int | None, expires: date | None) -> Iterator[tuple[str, str, str | None]]:
    yield "DACYCLE", "Cycle that the Units are for", str(cycle) if cycle is not None else None
    yield "DAEXPDTC", "Expiry", expires.isoformat() if expires is not None else None
