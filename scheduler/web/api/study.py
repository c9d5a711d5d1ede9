"""The protocol: what is done when in each arm, what it leaves open, and what is to say about it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from scheduler.exports.json import findings_in_keys
from scheduler.protocol.plan.assumptions import assumption_lines
from scheduler.protocol.plan.study import Plan, StudyVersion
from scheduler.site.site import Site
from scheduler.views.coordinator.schedule_of_activities import schedule_of_activities
from scheduler.web.api.answers import answer
from scheduler.web.api.rules import router_for
from scheduler.web.api.shapes.study import Protocol
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
    keys = {
        "study": chosen.study,
        "title": chosen.title,
        "version": chosen.version,
        "digest": chosen.digest,
        "versions": [each.version for each in study.versions],
        "arms": [_activities(plan) for plan in chosen.arms.values()],
        "assumptions": _assumptions(chosen),
        "findings": findings_in_keys(
            each for each in study.findings if each.place is None or each.place.file == chosen.file
        ),
        "sites": [_site(site) for site in study.sites if site.name in mine],
        "text": next(each.text for each in study.source.protocols if each.digest == chosen.digest),
    }
    return answer(keys)


def _activities(plan: Plan) -> dict[str, object]:
    table = schedule_of_activities(plan)
    rows = [[None if cell is None else str(cell) for cell in row] for row in table.rows]
    return {"arm": plan.arm, "title": plan.arm_title or plan.arm, "columns": list(table.columns), "rows": rows}


def _assumptions(version: StudyVersion) -> list[dict[str, object]]:
    lines = assumption_lines(version)
    return [
        {key: value for key, value in asdict(each).items() if key != "line"} | {"lines": list(lines.get(each.id, ()))}
        for each in version.assumptions.values()
    ]


def _site(site: Site) -> dict[str, object]:
    end = site.provisional_from
    return {"name": site.name, "zone": site.zone, "provisional_from": end.isoformat() if end is not None else None}
