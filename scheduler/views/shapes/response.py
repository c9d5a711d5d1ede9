"""One patient's tumour response, as other programs are told it; what is not known is null."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduler.calendar.tumour import tumour_response
from scheduler.calendar.tumour.tumour_response import ResponseSoFar
from scheduler.patient.episodes.assessments import Assessed
from scheduler.views.looking_back.response import scan_of
from scheduler.views.shapes.shape import CivilDate, Shape


@dataclass(frozen=True, kw_only=True)
class Progression(Shape):
    """When the disease progressed."""

    date: CivilDate | None
    """The day, null while it has not."""
    events: tuple[int, ...]
    """The events that say so."""


@dataclass(frozen=True, kw_only=True)
class Duration(Shape):
    """How long a response lasted."""

    from_: CivilDate
    """Since when."""
    to: CivilDate | None
    """Until when."""
    days: int | None
    """How many days."""
    ongoing: bool | None
    """It still lasts."""


@dataclass(frozen=True, kw_only=True)
class BestResponse(Shape):
    """The response so far by one set of criteria."""

    criteria: str
    """RECIST 1.1 or iRECIST."""
    best: str | None
    """The best one."""
    best_scan: CivilDate | None
    """The day of its scan."""
    confirmed: bool | None
    """A later scan confirmed it."""
    best_if_confirmed: str | None
    """What it is where it has to be confirmed."""
    objective_response: bool | None
    """It counts as a response."""
    disease_control: bool | None
    """It counts as control of the disease."""
    duration: Duration | None
    """How long it lasted."""
    progression: CivilDate | None
    """Progression by these criteria."""
    events: tuple[int, ...]
    """The events that say so."""


@dataclass(frozen=True, kw_only=True)
class Assessment(Shape):
    """One assessment of the tumour."""

    date: CivilDate
    """When it was recorded for."""
    criteria: str
    """RECIST 1.1 or iRECIST."""
    assessment: str
    """What was found."""
    scan: str | None
    """The scan that it was read from."""
    scan_date: CivilDate
    """The day of that scan."""
    iupd: int | None
    """The event of the unconfirmed progression that it follows."""
    takes_back_iupd: bool
    """It takes that progression back."""
    event: int
    """Its event."""


@dataclass(frozen=True, kw_only=True)
class TumourResponse(Shape):
    """One patient's tumour response so far."""

    study: str
    """The study."""
    subject: str | None
    """Whose it is."""
    progression: Progression
    """Progression."""
    died: CivilDate | None
    """Death."""
    responses: tuple[BestResponse, ...]
    """By each set of criteria."""
    assessments: tuple[Assessment, ...]
    """Every assessment."""


def tell_response(response: tumour_response.TumourResponse) -> TumourResponse:
    """The best response by each set of criteria, and every assessment."""
    return TumourResponse.taken_from(
        response,
        progression=Progression(date=response.progression, events=response.progression_events),
        responses=tuple(_best(each) for each in response.so_far),
        assessments=tuple(_assessment(each) for each in response.assessments),
    )


def _best(each: ResponseSoFar) -> BestResponse:
    since = each.responded
    duration = Duration.taken_from(each, from_=since, to=each.until) if since is not None else None
    return BestResponse.taken_from(each, best_scan=each.best_on, duration=duration, progression=each.progressed)


def _assessment(each: Assessed) -> Assessment:
    return Assessment.taken_from(
        each,
        date=each.fact.event.on,
        scan=scan_of(each),
        scan_date=date.fromordinal(each.scan_day),
        iupd=None if each.iupd is None else each.iupd.fact.number,
        takes_back_iupd=each.reset,
        event=each.fact.number,
    )
