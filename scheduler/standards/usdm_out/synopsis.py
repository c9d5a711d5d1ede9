"""Objectives with their end points, the population and the criteria, as the protocol's synopsis says them."""

from __future__ import annotations

from scheduler.protocol.plan.study import StudyVersion
from scheduler.protocol.plan.version import Criterion, Objective
from scheduler.standards.sdtm.trial_summary import planned_subjects
from scheduler.standards.usdm_out.parts import NOT_SAID, Part, Parts, linked

_OBJECTIVES = {
    "primary": ("C85826", "Study Primary Objective"),
    "secondary": ("C85827", "Study Secondary Objective"),
    "exploratory": ("C163559", "Exploratory Objective"),
}
_END_POINTS = {
    "primary": ("C94496", "Primary Endpoint"),
    "secondary": ("C139173", "Secondary Endpoint"),
    "exploratory": ("C170559", "Exploratory Endpoint"),
}


_SEXES = {"female": ("C16576", "Female"), "male": ("C20197", "Male")}
_YEAR = ("C29848", "Year")


def objectives_of(parts: Parts, version: StudyVersion) -> list[Part]:
    """The objectives in their order."""
    return [_objective(parts, number, each) for number, each in enumerate(version.synopsis.objectives, 1)]


def _objective(parts: Parts, number: int, objective: Objective) -> Part:
    ends = [
        parts.part(
            "Endpoint",
            name=f"Endpoint {number}.{place}",
            label=None,
            description=None,
            text=text,
            dictionaryId=None,
            notes=[],
            purpose=objective.level,
            level=parts.code(*_END_POINTS[objective.level]),
        )
        for place, text in enumerate(objective.end_points, 1)
    ]
    return parts.part(
        "Objective",
        name=f"Objective {number}",
        label=None,
        description=None,
        text=objective.text,
        dictionaryId=None,
        notes=[],
        level=parts.code(*_OBJECTIVES[objective.level]),
        endpoints=ends,
    )


def criteria_of(parts: Parts, version: StudyVersion) -> tuple[list[Part], list[Part]]:
    """The criteria of the design, and their texts, which USDM keeps on the study version."""
    items = [_item(parts, each) for each in version.synopsis.criteria]
    criteria = [
        parts.part(
            "EligibilityCriterion",
            name=each.number,
            label=None,
            description=None,
            category=parts.code(
                *(("C25532", "Inclusion Criteria") if each.is_inclusion else ("C25370", "Exclusion Criteria"))
            ),
            identifier=each.number,
            criterionItemId=item["id"],
            notes=[],
        )
        for each, item in zip(version.synopsis.criteria, items, strict=True)
    ]
    return linked(criteria), items


def _item(parts: Parts, criterion: Criterion) -> Part:
    return parts.part(
        "EligibilityCriterionItem",
        name=criterion.number,
        label=None,
        description=None,
        text=criterion.text,
        dictionaryId=None,
        notes=[],
    )


def population_of(parts: Parts, version: StudyVersion, unknown: str, criteria: list[Part]) -> Part:
    """Who takes part, as far as the protocol says it; what USDM asks for beyond it is marked as not said."""
    told = version.synopsis
    number = planned_subjects(version)
    planned = None if number is None else parts.part("Quantity", value=number, unit=None)
    sexes = ("female", "male") if told.sex == "both" else (told.sex,) if told.sex else ()
    missing = "whether they are healthy" if told.population else "who may take part, and whether they are healthy"
    return parts.part(
        "StudyDesignPopulation",
        name=f"Population of {version.study}",
        label=None if told.population else unknown,
        description=told.population or unknown,
        includesHealthySubjects=False,
        plannedEnrollmentNumber=planned,
        plannedCompletionNumber=None,
        plannedSex=[parts.code(*_SEXES[each]) for each in sexes],
        criterionIds=[each["id"] for each in criteria],
        plannedAge=_ages(parts, version),
        notes=[],
        cohorts=[],
    ) | {"extensionAttributes": [parts.said(NOT_SAID, missing)]}


def _ages(parts: Parts, version: StudyVersion) -> Part | None:
    """The planned ages; USDM has no place for one without the other."""
    youngest, oldest = version.synopsis.youngest, version.synopsis.oldest
    if youngest is None or oldest is None:
        return None
    ends = [parts.part("Quantity", value=years, unit=parts.alias(*_YEAR)) for years in (youngest, oldest)]
    return parts.part("Range", minValue=ends[0], maxValue=ends[1], isApproximate=False)
