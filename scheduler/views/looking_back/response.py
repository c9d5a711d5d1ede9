"""One patient's tumour response as lists: the best response by each set of criteria, and every assessment."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.tumour.tumour_response import ResponseSoFar, TumourResponse
from scheduler.patient.episodes.assessments import Assessed
from scheduler.patient.events import Response
from scheduler.said import Code, Text, said, text_of
from scheduler.views.cited_events import events_cited
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

OVERALL = text_of(said("on the calendar"))
"""Stands in the column of the criteria for the progression that the calendar goes by."""


def table_of_response(response: TumourResponse) -> Table:
    """A row for each set of criteria, and one for the progression that the calendar goes by."""
    rows = [_best(each) for each in response.so_far]
    events = events_cited(response.progression_events)
    rows.append((OVERALL, *(None,) * 8, response.progression, events))
    return Table(text_of(said("{whose} response so far", whose=Code(_title(response)))), BEST, tuple(rows))


def table_of_assessments(response: TumourResponse) -> Table:
    """A row for each assessment, in the order in which they count."""
    return Table(text_of(said("Assessments")), ASSESSED, tuple(_assessed(each) for each in response.assessments))


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
        events_cited(each.events),
    )


def _assessed(each: Assessed) -> tuple[Cell, ...]:
    return (
        each.fact.event.on,
        each.criteria,
        each.assessment,
        scan_of(each),
        date.fromordinal(each.scan_day),
        None if each.iupd is None else text_of(said("iUPD of event {number}", number=each.iupd.fact.number)),
        _yes(True) if each.reset else None,
        each.fact.number,
    )


def scan_of(each: Assessed) -> str | None:
    """The scan that it was read from; the one that it names where that has no record of its own."""
    named = each.fact.event.entry if isinstance(each.fact.event, Response) else None
    return each.scan or named


def _yes(known: bool | None) -> Text | None:
    return None if known is None else text_of(said("yes") if known else said("no"))
