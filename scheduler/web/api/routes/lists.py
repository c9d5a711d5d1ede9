"""Lists to work by: the coordinator's day, the site's agenda and the pharmacy's weeks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from fastapi import Depends, Query
from pydantic import Field
from starlette.responses import Response

from scheduler.forecasting.forecast import Forecast
from scheduler.said import said
from scheduler.store.values import HEAD, Act, Head
from scheduler.views.coordinator.worklist import Worklist
from scheduler.views.whole_site.agenda import LONGEST, SiteAgenda, Wanted
from scheduler.web.api.answers import answer, has_already, tag_of_all, today_of, unchanged
from scheduler.web.api.bodies import BodyOf, Key, said_in
from scheduler.web.api.paging import AfterSubject, LimitSubjects, patients_paged
from scheduler.web.api.problems import one_wrong
from scheduler.web.api.rules import router_for
from scheduler.web.api.shapes.lists import Dispensing, Printed
from scheduler.web.guards.requests import Visit, Visiting
from scheduler.web.pages.agenda import agenda_of, site_asked
from scheduler.web.pages.forecast import current
from scheduler.web.pages.pharmacy import Period, all_patients, listed, looked_at, note_print, period_of
from scheduler.web.pages.worklist import work_of
from scheduler.web.problems import not_found, not_ready
from scheduler.web.recording.once import Answer, kept, once, sent_by_program
from scheduler.web.showing.downloads import PATIENCE
from scheduler.written import IsoDate, Written

router = router_for("lists")


class PrintedList(Written):
    """A list that was printed: its period, and its head as the list told it."""

    first: Annotated[IsoDate, Field(alias="from", examples=["2026-05-21"])]
    """The first day."""
    last: Annotated[IsoDate, Field(alias="to", examples=["2026-06-18"])]
    """The last day."""
    head: Annotated[str, Field(pattern=f"^{HEAD}$", max_length=100, examples=["1234:" + "0" * 64])]
    """The head of the list: what is recorded after it is marked as changed."""


@router.get("/worklist", response_model=Worklist)
def worklist(
    visit: Visiting,
    after: AfterSubject = "",
    limit: LimitSubjects = None,
) -> Response:
    """Today: who comes, which windows close, what has no record, and what waits for a decision.

    With ``limit``, of so many patients in the order of their numbers; where there are more, the header ``Link`` has the next
    page.
    """
    tag = tag_of_all(visit, "worklist", today_of(visit), after, limit)
    if has_already(visit.request, tag):
        return unchanged(tag)
    page = patients_paged(visit.subjects(), after, limit)
    work = work_of(visit, PATIENCE, page.items)
    if work.missing:
        raise not_ready()
    return page.with_link(visit, answer(work.list, tag=tag))


@router.get("/agenda", response_model=SiteAgenda)
def agenda(
    visit: Visiting,
    first: Annotated[
        IsoDate | None, Query(alias="from", description="The first day; today without it.", examples=["2026-05-18"])
    ] = None,
    last: Annotated[
        IsoDate | None,
        Query(alias="to", description="The last day; six days after the first without it.", examples=["2026-05-24"]),
    ] = None,
    site: Annotated[str | None, Query(description="The site; the first that you may see without it.")] = None,
    resource: Annotated[str | None, Query(description="Only what needs this resource.", examples=["infusion"])] = None,
    arm: Annotated[str | None, Query(description="Only the patients of this arm.")] = None,
) -> Response:
    """A site's days: who comes to which resource, how full it is, and what does not fit from today on."""
    place = site_asked(visit, site)
    if site is not None and place.name != site:
        raise not_found()
    today = visit.server.clock.today(place.zone)
    begin = first or today
    end = last or begin + timedelta(days=6)
    if not timedelta(0) <= end - begin < timedelta(LONGEST):
        raise one_wrong("bad-period", said("The last day comes after the first, by a year at most."))
    tag = tag_of_all(visit, "agenda", begin, end, place.name, resource, arm, today)
    if has_already(visit.request, tag):
        return unchanged(tag)
    found = agenda_of(visit, place, begin, end, Wanted(resource, arm), PATIENCE)
    if found.missing:
        raise not_ready()
    return answer(found.agenda, tag=tag)


@router.get("/dispensing", response_model=Dispensing)
def dispensing(
    visit: Visiting,
    first: Annotated[
        IsoDate | None, Query(alias="from", description="The first day; today without it.", examples=["2026-05-21"])
    ] = None,
    last: Annotated[
        IsoDate | None,
        Query(alias="to", description="The last day; four weeks after the first without it.", examples=["2026-06-18"]),
    ] = None,
) -> Response:
    """What the pharmacy hands out, prepares, counts and collects, and what changed since the list was printed last."""
    period = _period(visit, first, last)
    tag = tag_of_all(visit, "dispensing", period.first, period.last, looked_at(visit, period))
    if has_already(visit.request, tag):
        return unchanged(tag)
    # The head comes before the patients: what is recorded in between may be on the list, and is marked on the next all the same.
    head = visit.server.store.head()
    printed = visit.server.prints.last(visit.who.account.sites)
    found = listed(visit, period, all_patients(visit), printed)
    before = Printed.taken_from(printed) if printed is not None else None
    return answer(Dispensing.taken_from(found, head=str(head), printed=before), tag=tag)


@router.get("/forecast", response_model=Forecast)
def forecast(visit: Visiting) -> Response:
    """What each week will need of each drug, and what to order by when, with every number's reason."""
    return answer(current(visit))


@router.post("/dispensing/printed", status_code=204)
def printed(visit: Visiting, body: Annotated[PrintedList, Depends(BodyOf(PrintedList))], key: Key = None) -> Response:
    """The list was printed: from now on, what was recorded after its head is marked."""
    period = _period(visit, body.first, body.last)
    act = Act(visit.who.who, visit.server.clock.now())
    head = Head.read(body.head)
    sent, done = sent_by_program(visit, key, said_in(body)), Answer(204)

    def note() -> Response:
        note_print(visit, period, act, head, kept(sent, lambda _: done))
        return done.as_response()

    return once(visit, sent, note)


def _period(visit: Visit, first: date | None, last: date | None) -> Period:
    period = period_of(_text(first), _text(last), today_of(visit))
    if period.wrong is not None:
        raise one_wrong("bad-period", period.wrong)
    return period


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
