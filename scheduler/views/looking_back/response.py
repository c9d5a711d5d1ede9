"""One patient's tumour response as lists: the best response by each set of criteria, and every assessment."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.tumour.tumour_response import ResponseSoFar, TumourResponse
from scheduler.patient.assessments import Assessed
from scheduler.patient.events import Response
from scheduler.views.table import Cell, Table

BEST = (
    "criteria",
    "best",
    "scan of",
    "confirmed",
    "best if confirmed",
    "response from",
    "to",
    "days",
    "ongoing",
    "progression",
    "events",
)
"""The columns of the CSV: a public interface."""

ASSESSED = ("date", "criteria", "assessment", "scan", "scan of", "confirms or repeats", "takes back an iUPD", "event")

OVERALL = "on the calendar"
"""Stands in the column of the criteria for the progression that the calendar goes by."""


def table_of_response(response: TumourResponse) -> Table:
    """A row for each set of criteria, and one for the progression that the calendar goes by."""
    rows = [_best(each) for each in response.so_far]
    events = _events(response.progression_events)
    rows.append((OVERALL, *(None,) * 8, response.progression, events))
    return Table(f"{_title(response)} response so far", BEST, tuple(rows))


def table_of_assessments(response: TumourResponse) -> Table:
    """A row for each assessment, in the order in which they count."""
    return Table("Assessments", ASSESSED, tuple(_assessed(each) for each in response.assessments))


def response_in_keys(response: TumourResponse) -> dict[str, object]:
    """The public JSON, dates as YYYY-MM-DD; what is not known is null."""
    return {
        "study": response.study,
        "subject": response.subject,
        "progression": {"date": _iso(response.progression), "events": list(response.progression_events)},
        "died": _iso(response.died),
        "responses": [_best_in_keys(each) for each in response.so_far],
        "assessments": [_assessed_in_keys(each) for each in response.assessments],
    }


def _title(response: TumourResponse) -> str:
    return f"{response.study} {response.subject}" if response.subject else response.study


def _best(each: ResponseSoFar) -> tuple[Cell, ...]:
    return (
        each.criteria,
        each.best,
        each.best_on,
        _yes(each.confirmed),
        each.best_if_confirmed,
        each.responded,
        each.until,
        each.days,
        _yes(each.ongoing) if each.responded else None,
        each.progressed,
        _events(each.events),
    )


def _best_in_keys(each: ResponseSoFar) -> dict[str, object]:
    return {
        "criteria": each.criteria,
        "best": each.best,
        "best_scan": _iso(each.best_on),
        "confirmed": each.confirmed,
        "best_if_confirmed": each.best_if_confirmed,
        "objective_response": each.objective_response,
        "disease_control": each.disease_control,
        "duration": {
            "from": _iso(each.responded),
            "to": _iso(each.until),
            "days": each.days,
            "ongoing": each.ongoing,
        }
        if each.responded
        else None,
        "progression": _iso(each.progressed),
        "events": list(each.events),
    }


def _assessed(each: Assessed) -> tuple[Cell, ...]:
    return (
        each.fact.event.on,
        each.criteria,
        each.assessment,
        _scan(each),
        date.fromordinal(each.scan_day),
        None if each.iupd is None else f"iUPD of event {each.iupd.fact.number}",
        "yes" if each.reset else None,
        each.fact.number,
    )


def _assessed_in_keys(each: Assessed) -> dict[str, object]:
    return {
        "date": each.fact.event.on.isoformat(),
        "criteria": each.criteria,
        "assessment": each.assessment,
        "scan": _scan(each),
        "scan_date": date.fromordinal(each.scan_day).isoformat(),
        "iupd": None if each.iupd is None else each.iupd.fact.number,
        "takes_back_iupd": each.reset,
        "event": each.fact.number,
    }


def _scan(each: Assessed) -> str | None:
    """The scan that it was read from; the one that it names where that has no record of its own."""
    named = each.fact.event.entry if isinstance(each.fact.event, Response) else None
    return each.scan or named


def _yes(said: bool | None) -> str | None:
    return None if said is None else "yes" if said else "no"


def _events(numbers: tuple[int, ...]) -> str | None:
    return ", ".join(f"event {number}" for number in numbers) or None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
