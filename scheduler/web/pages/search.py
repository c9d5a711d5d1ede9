"""Search over all that a person may see: subjects, visits, events, lots, and the sentences of the protocol."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.languages import Language
from scheduler.said import Value
from scheduler.views.chart.naming import Names, named, names_of
from scheduler.views.whole_site.searching import (
    MOST_FOUND,
    MOST_LETTERS,
    Line,
    found,
    lines_of_patient,
    lines_of_protocol,
)
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.pages.worklist import PATIENCE
from scheduler.web.patients import Following, Patients, Shown
from scheduler.words.saying import say

router = APIRouter(route_class=GuardedRoute)


@router.get("/search")
def search(visit: Visiting, q: str = "") -> Response:
    """What was found, of the patients of the person's own sites."""
    patients, asked = visit.server.patients, q.strip()[:MOST_LETTERS]
    words = Following(lambda _: ("search", visit.language), lambda each: _of_one(patients, each, visit.language))
    told, missing = patients.some(visit.subjects(), PATIENCE, words) if asked else ([], 0)
    lines = [line for each in told for line in _of_one(patients, each, visit.language)]
    return visit.page(
        "search.html",
        q=asked,
        answers=found(asked, (*lines, *_of_protocol(visit))),
        most=MOST_FOUND,
        told=len(told),
        missing=missing,
        refresh=missing or None,
    )


def _of_one(patients: Patients, one: Shown, language: Language) -> tuple[Line, ...]:
    def make() -> tuple[Line, ...]:
        names, found = names_of(one.patient), lines_of_patient(one.patient, one.log, lambda value: say(value, language))
        return tuple(_in_names(each, names, language) for each in found)

    return patients.once(one, ("search", language), make)


def _in_names(line: Line, names: Names, language: Language) -> Line:
    """The same with names where ids stood: it is found by either."""
    what = named(line.hit.what, names)
    if what == line.hit.what:
        return line
    return Line(replace(line.hit, what=what), f"{line.words}\n{say(what, language).casefold()}")


def _of_protocol(visit: Visit) -> tuple[Line, ...]:
    study = visit.server.patients.study()
    text = next(each.text for each in study.source.protocols if each.digest == study.newest.digest)

    def as_it_stands(value: Value) -> str:
        return str(value)

    return lines_of_protocol(study.newest.version, text, as_it_stands)
