"""The pharmacy: what to hand out, prepare, count and collect in a period, and what changed since the list was printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.exports.paper.dispensing import dispensing_as_pdf
from scheduler.folder.printing.imprints import imprint_of_logs
from scheduler.languages import Language
from scheduler.patient.events import Dispensed
from scheduler.said import Said, said
from scheduler.store.values import Act, Head, Once
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.pharmacy.dispensing_line import DispensingList, Work
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.guards.roles import TABLE, may_record
from scheduler.web.pages.worklist import PATIENCE
from scheduler.web.patients import Following, Patients, Shown
from scheduler.web.prints import Print, kept_lines, lines_as_printed, lines_of_days, printed_lines, unknown_list
from scheduler.web.problems import Problem, not_ready
from scheduler.web.recording.once import kept, once, redirect, sent_by_form
from scheduler.web.showing.downloads import PATIENCE as FOR_A_FILE
from scheduler.web.showing.downloads import Form, list_as_file, not_too_long, sheet_as_file
from scheduler.web.showing.not_whole_yet import not_whole_yet

router = APIRouter(route_class=GuardedRoute)

_WEEKS = 4
_LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when; ``wrong`` says why what was asked for could not be used."""

    first: date
    last: date
    wrong: Said | None = None


def period_of(said_first: str | None, said_last: str | None, today: date) -> Period:
    """The days that were asked for; four weeks from today where nobody asked."""
    otherwise = Period(today, today + timedelta(weeks=_WEEKS))
    try:
        first = date.fromisoformat(said_first) if said_first else today
        last = date.fromisoformat(said_last) if said_last else first + timedelta(weeks=_WEEKS)
    except (ValueError, OverflowError):
        return Period(otherwise.first, otherwise.last, said("Write dates as YYYY-MM-DD."))
    if not timedelta(0) <= last - first <= _LONGEST:
        return Period(otherwise.first, otherwise.last, said("The last day comes after the first, by a year at most."))
    return Period(first, last)


@router.get("/pharmacy")
def pharmacy(visit: Visiting) -> Response:
    """The list of a period."""
    period = _period(visit, visit.request.query_params)
    # The head comes before the patients: what is recorded in between may be on the list, and is marked on the next all the same.
    head = visit.server.store.head()
    last_print = visit.server.prints.last(visit.who.account.sites)
    lines = _lines(visit.server.patients, _days(period, last_print), last_print)
    shown, missing = visit.server.patients.some(visit.subjects(), PATIENCE, *lines)
    if missing:
        return not_whole_yet(visit, said("Pharmacy"), len(visit.subjects()) - missing, missing)
    role = visit.who.account.role
    return visit.page(
        "pharmacy.html",
        status=422 if period.wrong else 200,
        period=period,
        list=listed(visit, period, shown, last_print),
        printed=last_print,
        head=head,
        may_print=TABLE[("POST", "/pharmacy/printed")].allows(role),
        may_record=may_record(role, Dispensed.kind),
        work=Work,
        cycle=_cycle,
    )


@router.get("/pharmacy.pdf")
def sheet(visit: Visiting, language: Language = Language.ENGLISH) -> Response:
    """The list on paper, with room for lot, expiry and signatures, and with what changed since the last print."""
    period = _period_of_file(visit)
    shown, last_print = all_patients(visit), visit.server.prints.last(visit.who.account.sites)
    found = listed(visit, period, shown, last_print)
    not_too_long(len(found.everything), said("Ask for a shorter period"))
    imprint = imprint_of_logs(
        visit.server.patients.study().newest,
        [each.log for each in shown],
        last_print.at if last_print is not None else None,
    )
    return sheet_as_file(
        f"dispensing-{period.first}-{period.last}-{language.of_staff}",
        lambda: dispensing_as_pdf(found, imprint, language.of_staff),
    )


@router.get("/pharmacy.{form}")
def download(visit: Visiting, form: Form) -> Response:
    """The list as a file, with what changed since the last print."""
    period = _period_of_file(visit)
    found = listed(visit, period, all_patients(visit), visit.server.prints.last(visit.who.account.sites))
    return list_as_file(form, f"dispensing-{period.first}-{period.last}", found.table(), *found.tables())


@router.post("/pharmacy/printed")
def printed(visit: Visiting) -> Response:
    """From now on, what changes is marked against the list that was shown, and so is what was recorded since it was.

    The newest list that was printed counts: to note an older one later hides nothing of it.
    """
    period, head = _list_in_form(visit)
    act = Act(visit.who.who, visit.server.clock.now())
    sent, done = sent_by_form(visit), redirect(f"/pharmacy?from={period.first}&to={period.last}")

    def note() -> Response:
        note_print(visit, period, act, head, kept(sent, lambda _: done))
        return done.as_response()

    return once(visit, sent, note)


def note_print(visit: Visit, period: Period, act: Act, head: Head, once: Once | None) -> None:
    """Record that the list of that period was printed as it stood at that head."""
    sites = visit.who.account.sites
    visit.server.prints.note(sites, period.first, period.last, all_patients(visit), act, head, once)


def all_patients(visit: Visit) -> list[Shown]:
    """All patients that the person may see. Raises Problem while not all are computed: a list that leaves one out misleads."""
    shown, missing = visit.server.patients.some(visit.subjects(), FOR_A_FILE)
    if missing:
        raise not_ready()
    return shown


def _list_in_form(visit: Visit) -> tuple[Period, Head]:
    """Of which period the list was, and at which head it was made. Raises Problem for what no page has sent."""
    period = _period(visit, visit.form)
    if period.wrong is not None or not (visit.form.get("from") and visit.form.get("to")):
        raise unknown_list()
    try:
        return period, Head.read(visit.form.get("head", ""))
    except ValueError:
        raise unknown_list() from None


def _period_of_file(visit: Visit) -> Period:
    """The days that were asked for. Raises Problem for a period that is none: a file shows nobody that it is of another."""
    period = _period(visit, visit.request.query_params)
    if period.wrong is not None:
        raise Problem(422, "bad-period", said("This list cannot be printed"), period.wrong)
    return period


def _period(visit: Visit, asked: Mapping[str, str]) -> Period:
    return period_of(asked.get("from"), asked.get("to"), _today(visit))


def _today(visit: Visit) -> date:
    sites = [each for each in visit.server.patients.study().sites if visit.who.account.may_see(each.name)]
    return visit.server.clock.today(sites[0].zone if sites else "UTC")


def listed(visit: Visit, period: Period, shown: list[Shown], last_print: Print | None) -> DispensingList:
    """The list of these patients, with what changed since it was printed last."""
    patients = visit.server.patients
    before = printed_lines(last_print, shown, patients) if last_print is not None else None
    known = {each.subject.subject: each for each in shown}
    return dispensing_list(
        [each.patient for each in shown],
        period.first,
        period.last,
        before,
        lambda patient: kept_lines(patients, known[patient.subject], _days(period, last_print)),
        on=looked_at(visit, period),
    )


def looked_at(visit: Visit, period: Period) -> date:
    """The day that a list is looked at: today, for days that have passed too; its first day where that is still to come."""
    return max(period.first, _today(visit))


def _days(period: Period, last_print: Print | None) -> tuple[date, date] | None:
    """The days whose lines are worked out: all, where a line of the list that was printed last may be on any of them now."""
    return (period.first, period.last) if last_print is None else None


def _lines(patients: Patients, days: tuple[date, date] | None, last_print: Print | None) -> tuple[Following, ...]:
    """What the list needs of each patient: the lines, and those that were printed last."""
    now = Following(lambda _: lines_of_days(days), lambda each: kept_lines(patients, each, days))
    return (now,) if last_print is None else (now, lines_as_printed(last_print, patients))


def _cycle(entry: str) -> str:
    """The number of the cycle or dose in an entry's id: 3 of "regorafenib.3.1"."""
    parts = entry.split(".")
    return parts[1] if len(parts) > 1 and parts[1].isdigit() else ""
