"""All patients, with what a coordinator asks first of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.calendar.engine.proposals.raised import proposals_on
from scheduler.calendar.entries.entry import Status
from scheduler.patient.events import Died, EndOfTreatment, Withdrew
from scheduler.said import COMMAS, Quoted, Said, listed, said
from scheduler.views.days.spelled_out import in_runs
from scheduler.views.shapes.shape import CivilDate, Shape
from scheduler.views.whole_site.standing import Standing, standing_on
from scheduler.web.guards.requests import GuardedRoute, Visiting
from scheduler.web.pages.worklist import PATIENCE
from scheduler.web.patients import Following, Patients, Shown

router = APIRouter(route_class=GuardedRoute)


@dataclass(frozen=True, kw_only=True)
class SubjectRow(Shape):
    """One patient as the list tells of."""

    subject: str
    """The number in the study; never a name."""
    site: str | None
    """Where the patient comes."""
    arm: str | None
    """The arm, null before randomisation."""
    first_dose: CivilDate | None
    """Study Day 1."""
    first_dose_given: bool
    """False while it is only planned."""
    next_visit: CivilDate | None
    """The next day that needs the patient."""
    next_what: str
    """What is done on that day."""
    state: str
    """Where the patient stands, in a word."""
    open_decisions: int
    """How many proposals wait for a decision."""
    events: int
    """How many events the log has."""


NO_ARM = "none"
"""What is asked for to see those who are in no arm yet."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the page: the row, the state in words, and where the patient stands among all."""

    row: SubjectRow
    state: Said
    standing: Standing

    def fits(self, arm: str, standing: str) -> bool:
        """True for a patient of that arm who stands there; nothing asked for is everybody."""
        return arm in ("", self.row.arm or NO_ARM) and standing in ("", self.standing.value)


_PLACES = {standing: place for place, standing in enumerate(Standing)}
ORDERS: dict[str, Callable[[Listed], tuple[object, ...]]] = {
    "number": lambda each: (each.row.subject,),
    "arm": lambda each: (each.row.arm is None, each.row.arm or "", each.row.subject),
    "state": lambda each: (_PLACES[each.standing], each.row.subject),
    "next": lambda each: (each.row.next_visit is None, each.row.next_visit or date.max, each.row.subject),
    "decisions": lambda each: (-each.row.open_decisions, each.row.subject),
}
"""By what the list can be put in order."""


@router.get("/subjects")
def subjects(visit: Visiting, q: str = "", arm: str = "", state: str = "", sort: str = "number") -> Response:
    """The list, or those whose number holds the letters that were typed, of one arm or state, in the order asked for."""
    wanted = q.strip().casefold()[:60]
    mine = [each for each in visit.subjects() if wanted in each.subject.casefold()]
    patients = visit.server.patients
    today = visit.server.clock.today
    rows = Following(
        lambda each: ("row", today(each.site.zone)), lambda each: _listed(patients, each, today(each.site.zone))
    )
    shown, missing = patients.some(mine, PATIENCE, rows)
    days = {zone: visit.server.clock.today(zone) for zone in {each.site.zone for each in shown}}
    everybody = [_listed(patients, each, days[each.site.zone]) for each in shown]
    counts = Counter(each.standing for each in everybody if each.fits(arm, ""))
    by = sort if sort in ORDERS else "number"
    return visit.page(
        "subjects.html",
        rows=sorted((each for each in everybody if each.fits(arm, state)), key=ORDERS[by]),
        counts=[(standing, counts[standing]) for standing in Standing if counts[standing]],
        arms=sorted({each.row.arm or NO_ARM for each in everybody}),
        asked={"q": q.strip()[:60], "arm": arm[:60], "state": state[:60], "sort": by},
        missing=missing,
        refresh=missing or None,
    )


def _listed(patients: Patients, shown: Shown, today: date) -> Listed:
    row = patients.once(shown, ("row", today), lambda: row_of(shown, today))
    standing = patients.once(shown, ("standing", today), lambda: standing_on(shown.patient, today))
    return Listed(row, state_of(shown, today), standing)


def row_of(shown: Shown, today: date) -> SubjectRow:
    """One patient as the list tells of."""
    calendar = shown.patient.calendar
    coming = [
        line
        for line in in_runs(calendar)
        if line.is_visit and line.status is Status.PLANNED and line.date is not None and line.date >= today
    ]
    following = min(coming, key=lambda line: line.date or today, default=None)
    return SubjectRow(
        subject=shown.subject.subject,
        site=shown.subject.site,
        arm=calendar.arm,
        first_dose=calendar.first_dose,
        first_dose_given=calendar.first_dose_given,
        next_visit=following.date if following else None,
        next_what=following.title if following else "",
        state=str(state_of(shown, today)),
        open_decisions=sum(proposal.is_open for proposal in proposals_on(calendar, today)),
        events=shown.log.length,
    )


_ENDS = ((Died, said("died")), (Withdrew, said("withdrew")), (EndOfTreatment, said("treatment ended")))


def state_of(shown: Shown, today: date) -> Said:
    """Where the patient stands, in a word."""
    course, calendar = shown.patient.course, shown.patient.calendar
    if course.died is None and course.screen_failure is not None:
        return said("screen failed")
    for kind, word in _ENDS:
        if course.of(kind):
            return word
    held = [
        hold.treatment for hold in calendar.holds if hold.start <= today and (hold.over is None or hold.over > today)
    ]
    if held:
        return said("{treatments} on hold", treatments=listed(*map(Quoted, dict.fromkeys(held)), how=COMMAS))
    if course.arm is None:
        return said("on treatment, not randomised" if calendar.first_dose_given else "not randomised")
    return said("on treatment" if calendar.first_dose_given else "randomised")
