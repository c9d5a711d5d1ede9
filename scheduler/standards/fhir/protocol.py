"""A protocol: the study, a plan definition for each arm with its visits, and an activity definition for each activity.

The visits are as in the schedule of activities of HL7 Vulcan: an action each, timed by a related action, with the days that are
allowed as an absolute range (AcceptableOffsetRangeSoa) and with its planned study day (soaTimepoint).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from scheduler.calendar.entries.entry import Dose
from scheduler.protocol.plan.study import StudyVersion
from scheduler.standards.design.planned import ArmDesign, PlannedInstance, designs_of
from scheduler.standards.design.relation import FIRST_DOSE, Relation
from scheduler.standards.fhir.dosage import dosage
from scheduler.standards.fhir.quantities import days, duration
from scheduler.standards.fhir.resource import Json, Origin, Resource, concept, reference, resource, resource_id

_VULCAN = "http://hl7.org/fhir/uv/vulcan-schedule/StructureDefinition"
_WHOLE_STUDY = "{study} {version}, {arm}: schedule of activities"


@dataclass(frozen=True, slots=True)
class PlannedDose:
    """A dose of the plan on days that are alike, counted from the visit, which is 0; both included."""

    drug: str
    first: int
    last: int
    dose: Dose
    route: str | None

    @property
    def amount(self) -> Decimal | None:
        """Its amount; None where it has none, or is left out at this level."""
        return self.dose.amount or None

    @property
    def name(self) -> str:
        """What tells it from others: the drug, the dose, for how many days."""
        length = self.last - self.first + 1
        dose = f"{self.dose}" if self.dose.of else f"{self.drug} {self.dose}"
        return f"{dose}{self.dose.over_time}, {length} day{'s' if length > 1 else ''}"


def study_id(origin: Origin) -> str:
    """The id of the study."""
    return resource_id(origin.study)


def plan_id(origin: Origin, version: str, arm: str) -> str:
    """The id of an arm's plan definition."""
    return resource_id(origin.study, version, arm)


def activity_id(origin: Origin, version: str, activity: str) -> str:
    """The id of an activity's definition."""
    return resource_id(origin.study, version, "activity", activity)


def protocol_resources(version: StudyVersion, origin: Origin) -> list[Resource]:
    """The study, its plan definitions and activity definitions."""
    designs = designs_of(version)
    given = (each for design in designs for visit in design.visits for each in _doses(visit))
    doses = {each.name: each for each in given if each.amount is not None}
    return [
        research_study(version, origin),
        *(_plan_definition(version, design, origin) for design in designs),
        *(_activity_definition(version, each, origin) for each in _all_activities(version)),
        *(_dose_definition(version, each, origin) for each in doses.values()),
    ]


def _all_activities(version: StudyVersion) -> tuple[str, ...]:
    """What is done at any visit of any arm, each once."""
    lines = (line for plan in version.arms.values() for line in plan.timelines.values())
    found = ((*line.activities, *(each for several in line.activities_by_number for each in several)) for line in lines)
    return tuple(dict.fromkeys(each.shown for several in found for each in several))


def research_study(version: StudyVersion, origin: Origin) -> Resource:
    """The study with its arms, and the plan definition of each."""
    return resource(
        "ResearchStudy",
        study_id(origin),
        identifier=[origin.identifier("study", version.study)],
        version=version.version,
        title=version.title,
        protocol=[reference("PlanDefinition", plan_id(origin, version.version, arm)) for arm in version.arms],
        status="active",
        comparisonGroup=[
            {"linkId": resource_id(arm), "name": plan.arm_title or arm} for arm, plan in version.arms.items()
        ],
    )


def _computable(*parts: str) -> str:
    """A name that a program can use: capital letter first, then letters and digits (invariant cnl-0)."""
    words = re.findall(r"[A-Za-z0-9]+", " ".join(parts))
    return "".join(word[:1].upper() + word[1:] for word in words)[:255]


def _plan_definition(version: StudyVersion, design: ArmDesign, origin: Origin) -> Resource:
    arm = design.plan.arm
    of = plan_id(origin, version.version, arm)
    return resource(
        "PlanDefinition",
        of,
        url=origin.canonical("PlanDefinition", of),
        identifier=[origin.identifier("arm", arm)],
        version=version.version,
        name=_computable("Plan", version.study, version.version, arm),
        title=_WHOLE_STUDY.format(study=version.study, version=version.version, arm=design.plan.arm_title or arm),
        type=concept("protocol", "http://terminology.hl7.org/CodeSystem/plan-definition-type", "protocol"),
        status="active",
        action=[*_milestones(design), *(_visit(version, each, origin, design.begins) for each in design.visits)],
    )


def _action_id(of: str) -> str:
    return resource_id("visit", of)


def _milestone_id(name: str) -> str:
    return resource_id("date", name.replace(" ", "-"))


def _milestones(design: ArmDesign) -> Iterator[Resource]:
    """The dates that visits are timed from: each is recorded, and none is planned here but by the first dose."""
    for name in design.milestones:
        day = design.day_of(name)
        action: Resource = {
            "id": _milestone_id(name),
            "linkId": _milestone_id(name),
            "title": design.begins if name == FIRST_DOSE else name,
        }
        if name != FIRST_DOSE and day is not None:
            offset = day - 1 if day > 0 else day
            action["description"] = f"presumed on study day {day}; the recorded date counts"
            action["relatedAction"] = [
                {
                    "targetId": _milestone_id(FIRST_DOSE),
                    "relationship": _way(offset < 0),
                    "offsetDuration": days(abs(offset)),
                }
            ]
        yield action


def _way(before: bool) -> str:
    return "before-start" if before else "after-start"


def _visit(version: StudyVersion, visit: PlannedInstance, origin: Origin, begins: str) -> Resource:
    action: Resource = {"id": _action_id(visit.id), "linkId": _action_id(visit.id), "title": visit.title}
    timepoint = _timepoint(visit, begins)
    if timepoint is not None:
        action = {"extension": [timepoint]} | action
    if visit.rule:
        action["description"] = visit.rule
    action["code"] = concept(visit.kind.value)
    if visit.relation is not None:
        action["relatedAction"] = [_related(visit.relation)]
    inner: list[Json] = [_dose(version, visit, number, each, origin) for number, each in enumerate(_doses(visit), 1)]
    inner += [_activity(version, visit, number, each, origin) for number, each in enumerate(visit.activities, 1)]
    if inner:
        action["action"] = inner
    return action


def _timepoint(visit: PlannedInstance, begins: str) -> Resource | None:
    if visit.day is None:
        return None
    parts: list[Json] = [
        {"url": "soaPlannedTimePoint", "valueQuantity": days(visit.day)},
        {"url": "soaReferenceTimePoint", "valueString": begins},
    ]
    if visit.window is not None:
        low, high = (_between(visit.day, each) for each in visit.window)
        parts.append({"url": "soaPlannedRange", "valueRange": {"low": days(low), "high": days(high)}})
    return {"url": f"{_VULCAN}/soaTimepoint", "extension": parts}


def _between(first: int, second: int) -> int:
    """Days from one study day to another; there is no Day 0."""
    return (second - (second > 0)) - (first - (first > 0))


def _related(relation: Relation) -> Resource:
    target = _milestone_id(relation.target) if relation.milestone else _action_id(relation.target)
    related: Resource = {"targetId": target, "relationship": _way(relation.before)}
    related["offsetDuration"] = days(0) if relation.span is None else duration(relation.span)
    allowed = _allowed(relation)
    return related if allowed is None else {"extension": [allowed]} | related


def _allowed(relation: Relation) -> Resource | None:
    """The days that are allowed, counted from the target as the offset is: of what comes before it, days before it."""
    if relation.days is None or relation.early is None or relation.late is None:
        return None
    ends = (relation.days - relation.early, relation.days + relation.late)
    low, high = sorted(-each if relation.before else each for each in ends)
    return {"url": f"{_VULCAN}/AcceptableOffsetRangeSoa", "valueRange": {"low": days(low), "high": days(high)}}


def _activity(version: StudyVersion, visit: PlannedInstance, number: int, activity: str, origin: Origin) -> Resource:
    of = resource_id("visit", visit.id, f"a{number}")
    definition = origin.canonical("ActivityDefinition", activity_id(origin, version.version, activity))
    return {"id": of, "linkId": of, "title": activity, "definitionCanonical": f"{definition}|{version.version}"}


def _doses(visit: PlannedInstance) -> Iterator[PlannedDose]:
    for days_alike in visit.gives:
        for dose in days_alike.doses:
            yield PlannedDose(dose.of or visit.timeline, days_alike.first, days_alike.last, dose, visit.route_of(dose))


def _dose(version: StudyVersion, visit: PlannedInstance, number: int, given: PlannedDose, origin: Origin) -> Resource:
    """What is given from a visit on, at the level that the plan begins with; the patient's own dose is in the requests."""
    of = resource_id("visit", visit.id, f"d{number}")
    alike = given.first == given.last
    when = f"on day {given.first + 1}" if alike else f"on days {given.first + 1} to {given.last + 1}"
    action: Resource = {
        "id": of,
        "linkId": of,
        "title": given.drug,
        "description": f"{given.dose} {when} from the visit",
    }
    if given.amount is not None:
        definition = origin.canonical("ActivityDefinition", activity_id(origin, version.version, given.name))
        action["definitionCanonical"] = f"{definition}|{version.version}"
    return action


def _dose_definition(version: StudyVersion, given: PlannedDose, origin: Origin) -> Resource:
    of = activity_id(origin, version.version, given.name)
    assert given.amount is not None
    bounds: Resource = {"boundsDuration": days(given.last - given.first + 1)}
    return resource(
        "ActivityDefinition",
        of,
        url=origin.canonical("ActivityDefinition", of),
        version=version.version,
        name=_computable("Activity", given.name),
        title=given.name,
        status="active",
        kind="MedicationRequest",
        intent="plan",
        productCodeableConcept=concept(given.drug),
        dosage=[dosage(given.dose, given.route, bounds, given.amount)],
    )


def _activity_definition(version: StudyVersion, activity: str, origin: Origin) -> Resource:
    of = activity_id(origin, version.version, activity)
    return resource(
        "ActivityDefinition",
        of,
        url=origin.canonical("ActivityDefinition", of),
        version=version.version,
        name=_computable("Activity", activity),
        title=activity,
        status="active",
        kind="ServiceRequest",
        intent="plan",
    )
