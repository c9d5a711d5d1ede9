"""The whole file: the study with its one design, the timelines, and what stands for what the protocol does not say."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.calendar.entries.entry import Kind
from scheduler.protocol.plan.dosing.give import Give
from scheduler.protocol.plan.study import StudyVersion, Timeline
from scheduler.protocol.plan.times.frequency import most_as_needed
from scheduler.standards.design.planned import designs_of
from scheduler.standards.sdtm.codelists import FREQUENCIES, FREQUENCY_CODES
from scheduler.standards.sdtm.trial_design import Element, elements_of
from scheduler.standards.sdtm.visit_numbers import without_citation
from scheduler.standards.usdm_out.carried import Carried, carried_as_text
from scheduler.standards.usdm_out.nodes import lines_of
from scheduler.standards.usdm_out.parts import NOT_SAID, PROTOCOL_TEXT, Part, Parts, linked
from scheduler.standards.usdm_out.synopsis import criteria_of, objectives_of, population_of
from scheduler.standards.usdm_out.timelines import scheduled

UNKNOWN = "not said in the protocol's schedule"

_EPOCHS = {
    "SCREENING": ("C202487", "Screening Epoch"),
    "FOLLOW-UP": ("C202578", "Follow-Up Epoch"),
    "LONG-TERM FOLLOW-UP": ("C202577", "Long-term Follow-up Epoch"),
    "BASELINE": ("C125938", "Baseline Epoch"),
    "RUN-IN": ("C98779", "Run-in Period"),
    "WASHOUT": ("C42872", "Washout Period"),
    "OBSERVATION": ("C165873", "Observation Study Epoch"),
}
_TREATMENT = ("C101526", "Treatment Epoch")


@dataclass(frozen=True, slots=True)
class UsdmFile:
    """A file's JSON, and a row for each thing that USDM has no place for or that stands for what nobody said."""

    content: Part
    carried: tuple[Carried, ...]


def usdm_of(version: StudyVersion, text: str, program_version: str) -> UsdmFile:
    """The file of a protocol. ``text`` is the protocol as it is written."""
    parts = Parts()
    designs = designs_of(version)
    lines = lines_of(designs)
    elements = elements_of(version)
    epochs = _epochs(parts, elements)
    given = _given(version)
    interventions = {name: _intervention(parts, name, line) for name, line in _treatments(given).items()}
    activities = _activities(
        parts, dict.fromkeys(each for design in designs for v in design.visits for each in v.activities)
    )
    arms = {arm: _arm(parts, arm, plan.arm_title or arm) for arm, plan in version.arms.items()}
    day_one = designs[0].plan.day_one
    found = scheduled(
        parts,
        lines,
        len(arms),
        {str(each["name"]): str(each["id"]) for each in epochs},
        {str(each["name"]): str(each["id"]) for each in activities},
        day_one,
    )
    cells, made = _cells(
        parts, given, elements, epochs, arms, {name: str(each["id"]) for name, each in interventions.items()}
    )
    criteria, criterion_items = criteria_of(parts, version)
    design = parts.part(
        "InterventionalStudyDesign",
        name=version.study,
        label=version.title,
        description=None,
        studyType=parts.code("C98388", "Interventional Study"),
        studyPhase=None,
        therapeuticAreas=[],
        characteristics=[],
        encounters=linked(found.encounters),
        activities=linked(activities),
        arms=list(arms.values()),
        studyCells=cells,
        rationale=UNKNOWN,
        epochs=linked(epochs),
        elements=made,
        estimands=[],
        indications=[],
        studyInterventionIds=[each["id"] for each in interventions.values()],
        objectives=objectives_of(parts, version),
        population=population_of(parts, version, UNKNOWN, criteria),
        scheduleTimelines=list(found.timelines),
        biospecimenRetentions=[],
        documentVersionIds=[],
        eligibilityCriteria=criteria,
        analysisPopulations=[],
        notes=[],
        subTypes=[],
        model=parts.code(*(("C82639", "Parallel Study") if len(arms) > 1 else ("C82640", "Single Group Study"))),
        intentTypes=[parts.code("C49656", "Treatment Study")],
        blindingSchema=None,
    )
    whole: Part = {
        "study": {
            "id": None,
            "name": version.study,
            "description": None,
            "label": version.title,
            "versions": [
                _version(parts, version, text, design, list(interventions.values()))
                | {"bcSurrogates": [_surrogate(parts, each) for each in activities]}
                | {"eligibilityCriterionItems": criterion_items}
            ],
            "documentedBy": [],
            "instanceType": "Study",
        },
        "usdmVersion": "4.0.0",
        "systemName": "scheduler",
        "systemVersion": program_version,
    }
    return UsdmFile(whole, tuple(carried_as_text(version, lines)))


def _version(parts: Parts, version: StudyVersion, text: str, design: Part, interventions: list[Part]) -> Part:
    of = parts.id("StudyVersion")
    sponsor = parts.part(
        "Organization",
        name="Sponsor",
        label=UNKNOWN,
        type=parts.code("C54149", "Pharmaceutical Company"),
        identifierScheme=UNKNOWN,
        identifier=UNKNOWN,
        legalAddress=None,
        managedSites=[],
    ) | {"extensionAttributes": [parts.said(NOT_SAID, "who the sponsor is")]}
    return parts.part(
        "StudyVersion",
        id=of,
        versionIdentifier=version.version,
        rationale=UNKNOWN,
        documentVersionIds=[],
        dateValues=[],
        amendments=[],
        businessTherapeuticAreas=[],
        studyIdentifiers=[parts.part("StudyIdentifier", text=version.study, scopeId=sponsor["id"])],
        referenceIdentifiers=[],
        studyDesigns=[design],
        titles=[
            parts.part("StudyTitle", text=version.title, type=parts.code("C207616", "Official Study Title")),
            parts.part("StudyTitle", text=version.study, type=parts.code("C207646", "Study Acronym")),
        ],
        eligibilityCriterionItems=[],
        narrativeContentItems=[],
        abbreviations=[],
        roles=[
            parts.part(
                "StudyRole",
                name="Sponsor",
                label=None,
                description=None,
                code=parts.code("C70793", "Sponsor"),
                appliesToIds=[of],
                assignedPersons=[],
                organizationIds=[sponsor["id"]],
                masking=None,
                notes=[],
            )
        ],
        organizations=[sponsor],
        studyInterventions=interventions,
        administrableProducts=[],
        medicalDevices=[],
        productOrganizationRoles=[],
        biomedicalConcepts=[],
        bcCategories=[],
        bcSurrogates=[],
        dictionaries=[],
        conditions=[],
        notes=[],
    ) | {"extensionAttributes": [parts.said(PROTOCOL_TEXT, text)]}


def _epochs(parts: Parts, elements: dict[str, tuple[Element, ...]]) -> list[Part]:
    names = dict.fromkeys(each.epoch for several in elements.values() for each in several)
    return [
        parts.part(
            "StudyEpoch",
            name=name,
            label=name.capitalize(),
            description=None,
            type=parts.code(*_EPOCHS.get(name.upper(), _TREATMENT)),
            notes=[],
        )
        for name in names
    ]


def _arm(parts: Parts, name: str, title: str) -> Part:
    return parts.part(
        "StudyArm",
        name=name,
        label=title,
        description=None,
        type=parts.code("C15538", "Treatment Arm"),
        dataOriginDescription="Recorded for the patients of the study",
        dataOriginType=parts.code("C188866", "Data Generated Within Study"),
        populationIds=[],
        notes=[],
    )


def _cells(
    parts: Parts,
    given: dict[str, dict[str, Timeline]],
    elements: dict[str, tuple[Element, ...]],
    epochs: list[Part],
    arms: dict[str, Part],
    interventions: dict[str, str],
) -> tuple[list[Part], list[Part]]:
    """The cells, an arm in an epoch each, and their elements, each once."""
    epoch_ids = {str(each["name"]): each["id"] for each in epochs}
    made: dict[tuple[str, ...], Part] = {}
    cells = []
    for arm, several in elements.items():
        own = [interventions[name] for name in given[arm]]
        for each in several:
            treated = each.epoch.upper() not in _EPOCHS
            key = (each.code, each.name, *(own if treated else ()))
            element = made.get(key) or parts.part(
                "StudyElement",
                name=each.code,
                label=each.name,
                description=None,
                transitionStartRule=parts.rule(f"start of {each.code}", each.begins),
                transitionEndRule=parts.rule(f"end of {each.code}", each.ends),
                studyInterventionIds=own if treated else [],
                notes=[],
            )
            made[key] = element
            cells.append(
                parts.part(
                    "StudyCell", armId=arms[arm]["id"], epochId=epoch_ids[each.epoch], elementIds=[element["id"]]
                )
            )
    return cells, list(made.values())


def _given(version: StudyVersion) -> dict[str, dict[str, Timeline]]:
    """The treatments of each arm by name. One whose sentences differ between arms has the arm in its name."""
    sentences: dict[str, set[tuple[str, ...]]] = {}
    for plan in version.arms.values():
        for line in plan.treatments():
            sentences.setdefault(line.name, set()).add(_sentences(line))
    return {
        arm: {
            line.name if len(sentences[line.name]) == 1 else f"{line.name} ({arm})": line for line in plan.treatments()
        }
        for arm, plan in version.arms.items()
    }


def _sentences(line: Timeline) -> tuple[str, ...]:
    levels = () if line.ladder is None else (line.ladder.clause.text,)
    return (*(give.clause.text for give in line.gives), *levels)


def _treatments(given: dict[str, dict[str, Timeline]]) -> dict[str, Timeline]:
    return {name: line for lines in given.values() for name, line in lines.items()}


def _intervention(parts: Parts, name: str, line: Timeline) -> Part:
    """A treatment with an administration for each sentence of what is given; its dose stays in the sentence, exact."""
    role = ("C207614", "Additional Required Treatment") if line.supportive else ("C41161", "Experimental Intervention")
    sort = ("C15313", "RADIATION") if line.kind == Kind.FRACTION.value else ("C1909", "DRUG")
    return parts.part(
        "StudyIntervention",
        name=name,
        label=line.title,
        description=None,
        role=parts.code(*role),
        type=parts.code(*sort),
        minimumResponseDuration=None,
        codes=[],
        administrations=[_administration(parts, name, number, line, give) for number, give in enumerate(line.gives, 1)],
        notes=[],
    )


def _administration(parts: Parts, name: str, number: int, line: Timeline, give: Give) -> Part:
    often = "PRN" if most_as_needed(give.frequency) is not None else FREQUENCIES.get(give.frequency or "")
    levels = f"; levels: {without_citation(line.ladder.clause.text)}" if line.ladder is not None else ""
    return parts.part(
        "Administration",
        name=f"{name}-{number}",
        label=give.name,
        description=f"{without_citation(give.clause.text)}{levels}",
        duration=parts.part(
            "Duration",
            text=f"Over {give.duration}" if give.duration is not None else "As the schedule of the treatment says",
            quantity=None,
            durationWillVary=True,
            reasonDurationWillVary="It is given until the protocol ends it for the patient",
        ),
        dose=None,
        route=None,
        frequency=parts.alias(FREQUENCY_CODES[often], often) if often in FREQUENCY_CODES else None,
        administrableProductId=None,
        medicalDeviceId=None,
        notes=[],
    )


def _surrogate(parts: Parts, activity: Part) -> Part:
    """What stands for the concept of an activity, which a protocol does not say: its name alone."""
    return parts.part(
        "BiomedicalConceptSurrogate",
        id=_surrogate_of(activity),
        name=activity["name"],
        label=activity["label"],
        description=None,
        reference=None,
        notes=[],
    )


def _surrogate_of(activity: Part) -> str:
    return f"BiomedicalConceptSurrogate_{activity['id']}"


def _activities(parts: Parts, names: dict[str, None]) -> list[Part]:
    found = [
        parts.part(
            "Activity",
            name=name,
            label=name,
            description=None,
            childIds=[],
            definedProcedures=[],
            biomedicalConceptIds=[],
            bcCategoryIds=[],
            bcSurrogateIds=[],
            timelineId=None,
            notes=[],
        )
        for name in names
    ]
    return [each | {"bcSurrogateIds": [_surrogate_of(each)]} for each in found]
