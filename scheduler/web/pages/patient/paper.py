"""The patient's paper as PDF: a diary of some weeks, and the sheets of time points around a dose for the bedside."""

from __future__ import annotations

from datetime import date, timedelta

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.folder.printing.printed import printed_diary, printed_sheets
from scheduler.folder.reading.stored import case_of
from scheduler.languages import Language
from scheduler.said import said
from scheduler.views.reader.audience import Detail
from scheduler.views.sheets import sheets_about
from scheduler.web.guards.requests import GuardedRoute, Visiting
from scheduler.web.problems import Problem
from scheduler.web.showing.downloads import sheet_as_file

router = APIRouter(route_class=GuardedRoute)

_WEEKS = 4
_LONGEST = timedelta(days=366)
_FIRST, _LAST = date(1900, 1, 1), date(2200, 12, 31)


@router.get("/subjects/{subject}/diary.pdf")
def diary(
    visit: Visiting,
    subject: str,
    detail: Detail = Detail.NEUTRAL,
    language: Language = Language.ENGLISH,
    first: date | None = None,
    last: date | None = None,
) -> Response:
    """The diary from the first to the last day, four weeks from today where nobody says otherwise."""
    shown = visit.shown(subject)
    begin = first or visit.server.clock.today(shown.site.zone)
    if not _FIRST <= begin <= _LAST:
        text = said("Ask for days of the years 1900 to 2200.")
        raise Problem(422, "bad-period", said("This diary cannot be printed"), text)
    end = last or begin + timedelta(weeks=_WEEKS)
    if not timedelta(0) <= end - begin <= _LONGEST:
        text = said("The last day comes after the first, by a year at most.")
        raise Problem(422, "bad-period", said("This diary cannot be printed"), text)
    case = case_of(visit.server.patients.study(), shown.subject, shown.log, "")
    try:
        return sheet_as_file(
            f"diary-{subject}-{begin}-{language}",
            lambda: printed_diary(case, begin, end, detail.value, language.value),
        )
    except ValueError as error:
        raise Problem(422, "bad-period", said("This diary cannot be printed"), f"{error}.") from None


@router.get("/subjects/{subject}/sheets.pdf")
def sheets(visit: Visiting, subject: str, of: str = "", language: Language = Language.ENGLISH) -> Response:
    """The sheet of one dose or visit, to fill in; all of them where nobody says which. Raises UnknownEntry."""
    shown = visit.shown(subject)
    calendar = shown.patient.calendar
    found = sheets_about(calendar, of or None)
    case = case_of(visit.server.patients.study(), shown.subject, shown.log, "")
    name = "-".join(filter(None, ("sheets", subject, found[0].id if of else "", language.of_staff.value)))
    return sheet_as_file(name, lambda: printed_sheets(case, calendar, found, language.of_staff.value))
