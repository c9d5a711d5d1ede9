"""The protocol: what is done when in each arm, what it leaves open, and what is to say about it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from scheduler.protocol.plan.study import Plan, StudyVersion
from scheduler.views.coordinator.schedule_of_activities import schedule_of_activities
from scheduler.views.shapes.finding import tell_findings
from scheduler.web.api.answers import answer
from scheduler.web.api.rules import router_for
from scheduler.web.api.shapes.study import Activities, Assumption, Protocol, Site
from scheduler.web.guards.requests import Visiting
from scheduler.web.problems import not_found

router = router_for("study")


@router.get("/protocol", response_model=Protocol)
def protocol(
    visit: Visiting,
    version: Annotated[
        str | None, Query(description="A version; the newest without it.", max_length=200, examples=["1.0"])
    ] = None,
) -> Response:
    """The schedule of activities of each arm, the assumptions, the findings, and the text that all of it comes from."""
    study = visit.server.patients.study()
    chosen = next((each for each in study.versions if each.version == version), None) if version else study.newest
    if chosen is None:
        raise not_found()
    mine = visit.sites()
    told = Protocol.taken_from(
        chosen,
        versions=tuple(each.version for each in study.versions),
        arms=tuple(_activities(plan) for plan in chosen.arms.values()),
        assumptions=_assumptions(chosen),
        findings=tell_findings(each for each in study.findings if each.place is None or each.place.file == chosen.file),
        sites=tuple(Site.taken_from(site) for site in study.sites if site.name in mine),
        text=next(each.text for each in study.source.protocols if each.digest == chosen.digest),
    )
    return answer(told)


def _activities(plan: Plan) -> Activities:
    table = schedule_of_activities(plan)
    rows = tuple(tuple(None if cell is None else str(cell) for cell in row) for row in table.rows)
    return Activities(arm=plan.arm, title=plan.arm_title or plan.arm, columns=table.columns, rows=rows)


def _assumptions(version: StudyVersion) -> tuple[Assumption, ...]:
    lines = version.assumption_lines
    return tuple(Assumption.taken_from(each, lines=lines.get(each.id, ())) for each in version.assumptions.values())
