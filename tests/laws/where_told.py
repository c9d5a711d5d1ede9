"""Where an event is told: on the calendar, on a list or in a finding. History and audit, which tell everything, are not asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.deviations.urgent_reports import urgent_reports
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.calendar.tumour.tumour_response import tumour_response_of
from scheduler.patient.appending import review
from scheduler.patient.events.shown import Where
from scheduler.views.coordinator.decisions import decisions_of
from scheduler.views.looking_back.adverse_events import adverse_event_list
from scheduler.views.looking_back.background import background_of
from scheduler.views.patients import patient_of
from scheduler.views.pharmacy.dispensing import lines_of_patient
from scheduler.views.pharmacy.pill_counts import pill_counts
from tests.laws.any_events import Scene


def where_told(scene: Scene, number: int) -> frozenset[Where]:
    """All places that cite an event of the log, by its number."""
    return frozenset(where for where, numbers in _citations(scene) if number in numbers)


def _citations(scene: Scene) -> Iterator[tuple[Where, Iterable[int]]]:
    version, site, log, today = scene.version, scene.site, scene.log, scene.today
    patient = patient_of(version, site, log, subject="S-001")
    yield Where.CALENDAR, _on_calendar(patient.calendar)
    proposals = (*patient.calendar.proposals, *patient.calendar.proposals_to_come)
    yield Where.PROPOSALS, {number for each in proposals for number in (each.trigger, *each.events, *each.decided_by)}
    findings = (*patient.calendar.findings, *review(version, log))
    yield Where.FINDINGS, {number for each in findings for number in each.events}
    deviations = deviations_of(version, site, log, on=today, calendar=patient.calendar)
    yield Where.DEVIATIONS, {number for each in deviations for number in each.events}
    due = [
        each for each in urgent_reports(patient.calendar, patient.course, patient.site.zone_on) if each.reported is None
    ]
    yield Where.WORKLIST, {number for each in due for number in each.events}
    adverse_events = adverse_event_list(version.study, [patient]).lines
    yield Where.ADVERSE_EVENTS, {number for each in adverse_events for number in each.course.events}
    response = tumour_response_of(version, site, log)
    behind = {number for each in response.so_far for number in each.events}
    behind |= {number for each in response.assessments for number in each.fact.numbers}
    yield Where.RESPONSE, behind | {*response.progression_events}
    counts = pill_counts(version, site, log, today)
    yield Where.DISPENSING, {number for each in counts for number in each.events}
    lines = exposure_of(version, site, log, today).lines if patient.plan is not None else ()
    yield Where.BACKGROUND, {number for each in background_of(patient) for number in each.events}
    yield Where.EXPOSURE, {number for each in lines for number in (*each.delayed_by, *each.reduced_by)}


def _on_calendar(calendar: Calendar) -> frozenset[int]:
    numbers: set[int] = set()
    for entry in calendar.entries:
        numbers |= entry.because.event_numbers()
        for run in entry.runs:
            numbers |= run.because.event_numbers()
    for pending in calendar.pending:
        numbers |= pending.because.event_numbers()
    for hold in calendar.holds:
        numbers |= {*hold.events}
    for sheet in calendar.sheets:
        numbers |= {number for sample in sheet.samples for number in sample.events}
    return frozenset(numbers)


def what_stands(scene: Scene) -> frozenset[str]:
    """All that calendar, lists and findings say, line by line: what a record that puts another right has to change."""
    version, site, log = scene.version, scene.site, scene.log
    patient = patient_of(version, site, log, subject="S-001")
    calendar = patient.calendar
    said: list[object] = [*calendar.entries, *calendar.pending, *calendar.holds, *calendar.findings]
    said += [*calendar.proposals, *calendar.proposals_to_come, *review(version, log)]
    said += deviations_of(version, site, log, on=scene.today, calendar=calendar)
    said += adverse_event_list(version.study, [patient]).lines
    said += [each for on in _days(scene) for each in decisions_of(patient, on)]
    said += background_of(patient)
    said += pill_counts(version, site, log, scene.today)
    said += lines_of_patient(patient)
    said.append(tumour_response_of(version, site, log))
    return frozenset(map(repr, said))


def _days(scene: Scene) -> tuple[date, ...]:
    return scene.today, scene.today + timedelta(days=30)
