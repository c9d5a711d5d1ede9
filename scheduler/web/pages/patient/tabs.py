"""The other parts of one patient's page, each at an address of its own, under the same head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.endpoints.titles import title_of
from scheduler.exports.picture.time_line import time_line
from scheduler.said import Code, said
from scheduler.views.chart.head import Head, Tab, head_of
from scheduler.views.chart.naming import Names, names_of
from scheduler.views.looking_back.background import background_of
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.guards.roles import TABLE, may_record
from scheduler.web.patients import Shown
from scheduler.web.recording.event_entry import what_it_is_about
from scheduler.web.showing.outcomes import end_points_of_one
from scheduler.web.showing.subject_view import (
    Proposed,
    drug_charts,
    episodes,
    history_in_names,
    proposals_in_names,
)

router = APIRouter(route_class=GuardedRoute)


@dataclass(frozen=True, slots=True)
class Seen:
    """One patient as somebody looks at them today, at their site."""

    visit: Visit
    shown: Shown
    today: date

    def proposals(self) -> tuple[Proposed, ...]:
        """The proposals that stand today: the open ones with what each option would change, then the decided ones."""
        return self.visit.server.patients.once(
            self.shown, ("proposals in names", self.today), lambda: proposals_in_names(self.shown, self.today)
        )

    def names(self) -> Names:
        """What people call what has an id."""
        return self.visit.server.patients.once(self.shown, "names", lambda: names_of(self.shown.patient))

    def head(self) -> Head:
        """How the patient stands."""
        return self.visit.server.patients.once(
            self.shown, ("head", self.today), lambda: head_of(self.shown.patient, self.today)
        )

    def tab(self, template: str, tab: Tab, **told: Any) -> Response:
        """One part of the page, with the head that all of them have."""
        return self.visit.page(
            template,
            shown=self.shown,
            calendar=self.shown.patient.calendar,
            today=self.today,
            patient=self.head(),
            tab=tab.value,
            may_record=may(self.visit, "GET", "/subjects/{subject}/record"),
            **told,
        )


def of_patient(visit: Visit, subject: str) -> Seen:
    """The patient of that number. Raises Problem for one that this person may not see."""
    shown = visit.shown(subject)
    return Seen(visit, shown, visit.server.clock.today(shown.site.zone))


def may(visit: Visit, method: str, path: str) -> bool:
    """True when this person may use that route: what pages offer is what the table of roles allows."""
    return TABLE[(method, path)].allows(visit.who.account.role)


@router.get("/subjects/{subject}/decisions")
def decisions(visit: Visiting, subject: str) -> Response:
    """What the protocol proposes: what is open, with what each option would change, and what was decided."""
    seen = of_patient(visit, subject)
    return seen.tab(
        "decisions.html",
        Tab.DECISIONS,
        proposals=seen.proposals(),
        names=seen.names(),
        may_decide=may(visit, "GET", "/subjects/{subject}/decide/{proposal}"),
    )


@router.get("/subjects/{subject}/drugs")
def drugs(visit: Visiting, subject: str) -> Response:
    """Each treatment: doses and levels, holds, exposure, pill counts, what was handed out and came back."""
    seen = of_patient(visit, subject)
    found = visit.server.patients.once(seen.shown, ("drugs", seen.today), lambda: drug_charts(seen.shown, seen.today))
    return seen.tab("drugs.html", Tab.DRUGS, drugs=found)


@router.get("/subjects/{subject}/events")
def events(visit: Visiting, subject: str) -> Response:
    """Adverse events along the days, tumour assessments, what came out so far and why, and the study's periods."""
    seen = of_patient(visit, subject)
    names = seen.names()
    found = visit.server.patients.once(
        seen.shown, ("episodes", seen.today), lambda: episodes(seen.shown, names, seen.today)
    )
    title = said("Adverse events, holds, response and periods of {subject}", subject=Code(subject))
    return seen.tab(
        "events.html",
        Tab.EVENTS,
        found=found,
        names=names,
        picture=time_line(found.rows, seen.today, title, visit.language),
        end_points=end_points_of_one(visit, seen.shown),
        title_of=title_of,
    )


@router.get("/subjects/{subject}/history")
def history(visit: Visiting, subject: str) -> Response:
    """Everything that was recorded about the patient, who recorded it when, and what it corrects; and the background."""
    seen = of_patient(visit, subject)
    shown = seen.shown
    records = {
        record.event: record for record in visit.server.store.records(subject=subject) if record.event is not None
    }
    return seen.tab(
        "history.html",
        Tab.HISTORY,
        history=visit.server.patients.once(shown, "history in names", lambda: history_in_names(shown)),
        records=records,
        background=background_of(shown.patient),
        may_change=lambda told: (
            told.can_be_changed and may_record(visit.who.account.role, *what_it_is_about(told.event))
        ),
    )
