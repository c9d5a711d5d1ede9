"""Trial arms, elements, visits and criteria: TA, TE, TV, TI, and the windows of the planned visits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, count

from scheduler.protocol.plan.study import Plan, StudyVersion
from scheduler.standards.sdtm.codelists import SHARED_EPOCHS, code_of
from scheduler.standards.sdtm.datasets import Row, Value
from scheduler.standards.sdtm.subject import STANDARD_EPOCHS
from scheduler.standards.sdtm.visit_numbers import PlannedVisit, VisitNumbers, is_in_working_days, without_citation

_LONGEST, _LONGEST_OF_AN_ARM = 8, 20
_STANDARD_RULES = ("informed consent", "first dose", "the day after the end of treatment")


@dataclass(frozen=True, slots=True)
class Element:
    """An element of an arm: its code and name, the epoch, and the sentences by which it begins and ends."""

    code: str
    name: str
    epoch: str
    begins: str
    ends: str


def arm_code(version: StudyVersion, arm: str) -> str:
    """ARMCD: at most 20 characters, and no other arm's."""
    codes: dict[str, str] = {}
    for name in version.arms:
        codes[name] = _not_yet(code_of(name, _LONGEST_OF_AN_ARM), set(codes.values()), _LONGEST_OF_AN_ARM)
    return codes[arm]


def elements_of(version: StudyVersion) -> dict[str, tuple[Element, ...]]:
    """The elements of each arm in their order. No two have one code: it gets a number where its letters are another's."""
    found = {arm: tuple(_elements(plan, len(version.arms) == 1)) for arm, plan in version.arms.items()}
    codes: dict[Element, str] = {}
    for each in (element for elements in found.values() for element in elements):
        codes.setdefault(each, _not_yet(each.code, set(codes.values())))
    return {arm: tuple(replace(each, code=codes[each]) for each in elements) for arm, elements in found.items()}


def _not_yet(code: str, taken: set[str], longest: int = _LONGEST) -> str:
    """The code, or the first with a number at its end that is not taken: at most so many characters."""
    numbered = (f"{code[: longest - len(str(number))]}{number}" for number in count(2))
    return next(each for each in chain([code], numbered) if each not in taken)


def _elements(plan: Plan, alone: bool) -> Iterator[Element]:
    epochs = [(epoch.name, without_citation(epoch.start.clause.text)) for epoch in plan.epochs]
    epochs = epochs or list(zip(STANDARD_EPOCHS, _STANDARD_RULES, strict=True))
    treated = [name for name, _ in epochs if name.upper() not in SHARED_EPOCHS]
    for number, (name, rule) in enumerate(epochs):
        own = name in treated
        ends = epochs[number + 1][1] if number + 1 < len(epochs) else ""
        if not own:
            yield Element(code_of(name, _LONGEST), name.capitalize(), name, rule, ends)
        elif len(treated) == 1:
            yield Element(
                code_of(name if alone else plan.arm, _LONGEST),
                plan.arm_title,
                name,
                rule,
                ends,
            )
        else:
            code = code_of(name, 4) + ("" if alone else code_of(plan.arm, 4))
            yield Element(code, f"{plan.arm_title}, {name.lower()}", name, rule, ends)


def trial_arms(version: StudyVersion) -> Iterator[Row]:
    """TA: the elements of each arm in their order."""
    for arm, elements in elements_of(version).items():
        own = [number for number, each in enumerate(elements) if each.epoch.upper() not in SHARED_EPOCHS]
        for number, element in enumerate(elements):
            branches = len(version.arms) > 1 and number + 1 == next(iter(own), 0)
            yield {
                "STUDYID": version.study,
                "DOMAIN": "TA",
                **_arm(version, arm),
                "TAETORD": number + 1,
                "ETCD": element.code,
                "ELEMENT": element.name,
                "TABRANCH": f"Randomised to {version.arms[arm].arm_title}" if branches else None,
                "EPOCH": element.epoch,
            }


def trial_elements(version: StudyVersion) -> Iterator[Row]:
    """TE: each element once."""
    elements = {each.code: each for each in (one for arm in elements_of(version).values() for one in arm)}
    for code in sorted(elements):
        each = elements[code]
        start = each.begins[:1].upper() + each.begins[1:]
        yield {
            "STUDYID": version.study,
            "DOMAIN": "TE",
            "ETCD": code,
            "ELEMENT": each.name,
            "TESTRL": start,
            "TEENRL": each.ends[:1].upper() + each.ends[1:],
        }


def trial_visits(version: StudyVersion, numbers: VisitNumbers) -> Iterator[Row]:
    """TV: the planned visits in the order of their numbers."""
    for number, visit, arm in _visits_by_arm(numbers):
        yield {
            "STUDYID": version.study,
            "DOMAIN": "TV",
            "VISITNUM": number,
            "VISIT": visit.called,
            "VISITDY": visit.label,
            **({} if arm is None else _arm(version, arm)),
            "TVSTRL": visit.rule or visit.called,
        }


def windows(version: StudyVersion, numbers: VisitNumbers) -> Iterator[Row]:
    """The window of each planned visit by the protocol alone: what analyses call AWTARGET, AWLO and AWHI.

    They are missing where a date of the patient or the working days of a site make them: a patient's own are in AWSUBJ.
    """
    for number, visit, arm in _visits_by_arm(numbers):
        yield {
            "STUDYID": version.study,
            "ARMCD": None if arm is None else arm_code(version, arm),
            "AVISITN": number,
            "AVISIT": visit.called,
            "AWTARGET": None if is_in_working_days(visit.rule) else visit.day,
            **range_of_days(visit.window),
            "AWRULE": visit.rule,
        }


def range_of_days(window: tuple[int, int] | None) -> dict[str, Value]:
    """AWLO, AWHI, AWU and AWRANGE, for study days."""
    low, high = window or (None, None)
    told = None if low is None else f"Day {low} to Day {high}"
    return {"AWLO": low, "AWHI": high, "AWU": "DAYS", "AWRANGE": told}


def _visits_by_arm(numbers: VisitNumbers) -> Iterator[tuple[Decimal, PlannedVisit, str | None]]:
    """Each visit once where all arms have it alike, else once for each arm that has it."""
    by_number: dict[Decimal, dict[str, PlannedVisit]] = {}
    for visit_id, number in numbers.numbers.items():
        own = {arm: visits[visit_id] for arm, visits in numbers.arms.items() if visit_id in visits}
        by_number.setdefault(number, {}).update(own)
    for number, has in sorted(by_number.items()):
        first = next(iter(has.values()))
        if len(has) == len(numbers.arms) and all(each.in_words == first.in_words for each in has.values()):
            yield number, first, None
        else:
            for arm, visit in has.items():
                yield number, visit, arm


def _arm(version: StudyVersion, arm: str) -> dict[str, Value]:
    return {"ARMCD": arm_code(version, arm), "ARM": version.arms[arm].arm_title}


def trial_criteria(version: StudyVersion) -> Iterator[Row]:
    """TI: the criteria as the protocol numbers and says them; no record where it says none."""
    for each in version.synopsis.criteria:
        yield {
            "STUDYID": version.study,
            "DOMAIN": "TI",
            "IETESTCD": each.number.upper(),
            "IETEST": each.text,
            "IECAT": "INCLUSION" if each.is_inclusion else "EXCLUSION",
            "TIVERS": version.version,
        }
