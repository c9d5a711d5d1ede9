"""The trial in short: TS, what the protocol says of itself and no more; what it does not say has no record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.patient import events as ev
from scheduler.protocol.plan.study import StudyVersion, Timeline
from scheduler.standards.sdtm.codelists import FREQUENCIES, FREQUENCY_CODES, ROUTE_CODES, ROUTES
from scheduler.standards.sdtm.datasets import Row
from scheduler.standards.sdtm.exposure import treatment_name
from scheduler.standards.sdtm.subject import Subject

TERMS, TERMS_OF = "CDISC CT", "2025-03-28"
"""The terminology of the codes, and its version."""

_OBJECTIVES = {
    "primary": ("OBJPRIM", "Trial Primary Objective"),
    "secondary": ("OBJSEC", "Trial Secondary Objective"),
    "exploratory": ("OBJEXP", "Trial Exploratory Objective"),
}
_OUTCOMES = {
    "primary": ("OUTMSPRI", "Primary Outcome Measure"),
    "secondary": ("OUTMSSEC", "Secondary Outcome Measure"),
    "exploratory": ("OUTMSEXP", "Exploratory Outcome Measure"),
}

_SEXES = {"female": ("F", "C16576"), "male": ("M", "C20197"), "both": ("BOTH", "C49636")}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of a parameter. ``code`` is the term's in the terminology, ``reference`` what the value is written by."""

    short: str
    name: str
    value: str
    code: str | None = None
    reference: str | None = None


def planned_subjects(version: StudyVersion) -> int | None:
    """How many patients are planned: by the synopsis, else by all arms together; None where the number of one is not said."""
    if version.synopsis.subjects is not None or not version.arms.keys() <= version.enrolment.keys():
        return version.synopsis.subjects
    return sum(version.enrolment.values())


def trial_summary(version: StudyVersion, subjects: Iterable[Subject]) -> Iterator[Row]:
    """TS. The first consent of these patients is the study's start, the last day that is exported its cut-off."""
    counted: dict[str, int] = {}
    for each in (*_parameters(version), *_dates(list(subjects))):
        counted[each.short] = counted.get(each.short, 0) + 1
        yield {
            "STUDYID": version.study,
            "DOMAIN": "TS",
            "TSSEQ": counted[each.short],
            "TSPARMCD": each.short,
            "TSPARM": each.name,
            "TSVAL": each.value,
            "TSVALCD": each.code,
            "TSVCDREF": TERMS if each.code else each.reference,
            "TSVCDVER": TERMS_OF if each.code else None,
        }


def _parameters(version: StudyVersion) -> Iterator[Parameter]:
    yield Parameter("TITLE", "Trial Title", version.title)
    yield Parameter("NARMS", "Planned Number of Arms", str(len(version.arms)))
    if len(version.arms) > 1:
        yield Parameter("RANDOM", "Trial is Randomized", "Y", "C49488")
    else:
        yield Parameter("INTMODEL", "Intervention Model", "SINGLE GROUP", "C82640")
    for objective in version.synopsis.objectives:
        yield Parameter(*_OBJECTIVES[objective.level], objective.text)
    for objective in version.synopsis.objectives:
        for end_point in objective.end_points:
            yield Parameter(*_OUTCOMES[objective.level], end_point)
    planned = planned_subjects(version)
    if planned is not None:
        yield Parameter("PLANSUB", "Planned Number of Subjects", str(planned))
    yield from _people(version)
    yield from _treatments(version)


def _people(version: StudyVersion) -> Iterator[Parameter]:
    told = version.synopsis
    if told.sex is not None:
        yield Parameter("SEXPOP", "Sex of Participants", *_SEXES[told.sex])
    if told.youngest is not None:
        yield Parameter("AGEMIN", "Planned Minimum Age of Subjects", f"P{told.youngest}Y", reference="ISO 8601")
    if told.oldest is not None:
        yield Parameter("AGEMAX", "Planned Maximum Age of Subjects", f"P{told.oldest}Y", reference="ISO 8601")


def _treatments(version: StudyVersion) -> Iterator[Parameter]:
    treatments = {line.name: line for plan in version.arms.values() for line in plan.study_treatments()}
    if treatments:
        yield Parameter("STYPE", "Study Type", "INTERVENTIONAL", "C98388")
    for line in treatments.values():
        drugs = dict.fromkeys(give.name for give in line.gives)
        for drug in drugs if len(drugs) > 1 else [None]:
            yield Parameter("TRT", "Investigational Therapy or Treatment", treatment_name(line, drug))
    for route in _each(treatments.values(), ROUTES, "route"):
        yield Parameter("ROUTE", "Route of Administration", route, ROUTE_CODES[route])
    for often in _each(treatments.values(), FREQUENCIES, "frequency"):
        yield Parameter("DOSFRQ", "Dosing Frequency", often, FREQUENCY_CODES[often])


def _each(lines: Iterable[Timeline], terms: dict[str, str], name: str) -> dict[str, None]:
    """The terms of what the treatments say, each once; what has no term is in EC alone."""
    said = (getattr(give, name) for line in lines for give in line.gives)
    return dict.fromkeys(terms[word] for word in said if word in terms)


def _dates(subjects: list[Subject]) -> Iterator[Parameter]:
    consents: list[date] = [fact.event.on for each in subjects for fact in each.facts(ev.Consented)]
    if consents:
        yield Parameter("SSTDTC", "Study Start Date", min(consents).isoformat(), reference="ISO 8601")
    if subjects:
        last = max(each.on for each in subjects).isoformat()
        yield Parameter("DCUTDTC", "Data Cutoff Date", last, reference="ISO 8601")
        yield Parameter("DCUTDESC", "Data Cutoff Description", "The last day that was exported")
