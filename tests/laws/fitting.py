"""What fits a patient only together: a time point of its sheet, a deviation of its entry, a course of its treatment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from scheduler.asking.questions.without_effect import goes_by_age
from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.deviations.urgent_reports import urgent_reports
from scheduler.patient.dose_rules.unread.not_read import findings_of_what_is_not_read
from scheduler.patient.log import in_force
from scheduler.patient.replaying.replay import replay
from scheduler.protocol.plan.study import Plan, StudyVersion

if TYPE_CHECKING:
    from tests.laws.any_events import Scene

Together = dict[str, Any]


def _time_points(scene: Scene) -> Iterator[Together]:
    for sheet in scene.calendar.sheets:
        n, _, day = sheet.id.removeprefix(f"{sheet.sheet}.").partition(".")
        which = {"sheet": sheet.sheet, "n": int(n)} | ({"day": int(day)} if day else {})
        yield from (which | {"point": each.point.name} for each in sheet.samples if each.planned is not None)


def _deviations(scene: Scene) -> Iterator[Together]:
    found = deviations_of(scene.version, scene.site, scene.log, on=scene.today)
    return ({"deviation": each.kind.value} | ({"about": each.about} if each.about else {}) for each in found)


def _prescriptions(scene: Scene) -> Iterator[Together]:
    for plan in _plans(scene.version):
        for line in plan.treatments():
            for give in line.gives:
                if give.prescribed:
                    yield {"treatment": line.name, "course": give.name, "unit": give.unit}


def _to_be_looked_at(scene: Scene) -> Iterator[Together]:
    """Records that no rule reads as they were meant, and those that the sponsor has to know of."""
    plan = scene.version.plan(scene.calendar.arm)
    unread = findings_of_what_is_not_read(plan, in_force(scene.log)) if plan is not None else ()
    urgent = urgent_reports(scene.calendar, replay(scene.log), scene.site.zone_on)
    return ({"number": each.events[0]} for each in (*unread, *urgent))


FITTING: dict[str, Callable[[Scene], Iterator[Together]]] = {
    "point": _time_points,
    "deviation": _deviations,
    "per_fraction": _prescriptions,
    "number": _to_be_looked_at,
}
"""For each field, what there is of it in this patient, with the fields that go with it."""


def fitting(scene: Scene, name: str) -> st.SearchStrategy[Together]:
    """One of what there is; nothing where there is none."""
    return st.sampled_from(tuple(FITTING[name](scene)) or ({},))


def _plans(version: StudyVersion) -> tuple[Plan, ...]:
    return tuple(version.arms.values())


NEEDED: dict[str, Callable[[StudyVersion], object]] = {
    "group": lambda version: version.groups,
    "milestone": lambda version: version.milestones,
    "point": lambda version: any(plan.sheets for plan in _plans(version)),
    "per_fraction": lambda version: any(
        give.prescribed for plan in _plans(version) for line in plan.treatments() for give in line.gives
    ),
    "born": lambda version: any(goes_by_age(plan) for plan in _plans(version)),
    "version": lambda version: version.others,
    "quantity": lambda version: any(plan.products for plan in _plans(version)),
}
"""What a study needs to have so that anything can be said in a field."""

AFTER = {
    "contacted": "lost to follow-up",
    "left": "joined",
    "treated beyond progression": "progressed",
    "regraded": "adverse event",
    "resolved": "adverse event",
    "reported": "adverse event",
    "reviewed": "adverse event",
    "medicine changed": "medicine started",
    "medicine stopped": "medicine started",
    "wound healed": "surgery",
    "returned": "dispensed",
    "lost": "dispensed",
}
"""What has to be so before a kind of event makes sense."""
