"""One patient's record in DM, and the elements that the patient was in: SE."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import cast

from scheduler.patient import events as ev
from scheduler.patient.dose_rules.facts.names import attribute_key
from scheduler.patient.log import Fact
from scheduler.standards.sdtm.codelists import RACES, SEXES
from scheduler.standards.sdtm.datasets import Row, Value
from scheduler.standards.sdtm.subject import Subject, moment
from scheduler.standards.sdtm.trial_design import arm_code, elements_of


def demographics(subject: Subject, exposed: list[dict[str, Value]]) -> Row:
    """The patient's record in DM. ``exposed`` are the records in EX."""
    starts = sorted(str(row["EXSTDTC"]) for row in exposed)
    ends = sorted(str(row["EXENDTC"]) for row in exposed)
    end = subject.patient.course.end_of_treatment
    ended = date.fromordinal(end.day) if end is not None and end.event.on <= subject.on else None
    consents = subject.facts(ev.Consented)
    left = _left(subject)
    died = _died(subject)
    return subject.keys | {
        "DOMAIN": "DM",
        "SUBJID": subject.patient.subject,
        "RFSTDTC": moment(subject.first_dose, _time_of_first_dose(subject)),
        "RFENDTC": moment(ended),
        "RFXSTDTC": starts[0] if starts else None,
        "RFXENDTC": ends[-1] if ends else None,
        "RFICDTC": moment(consents[0].event.on) if consents else None,
        "RFPENDTC": moment(left),
        "DTHDTC": moment(died),
        "DTHFL": "Y" if died is not None else None,
        "SITEID": subject.site,
        **_age(subject),
        "SEX": _sex(subject),
        "RACE": _race(subject),
        **_arms(subject),
        "COUNTRY": subject.country,
    }


def _time_of_first_dose(subject: Subject) -> str | None:
    fact = subject.patient.course.first_dose
    return fact.event.at if fact is not None and fact.event.on == subject.first_dose else None


def _died(subject: Subject) -> date | None:
    death = subject.patient.course.death
    return death.event.on if death is not None and death.event.on <= subject.on else None


def _left(subject: Subject) -> date | None:
    """The day on which the patient was out of the study; None while there is something still to come."""
    over = [fact for fact in subject.facts(ev.Withdrew) if cast(ev.Withdrew, fact.event).from_ == "all"]
    failed = subject.patient.course.screen_failure
    days = [fact.event.on for fact in (*over, failed) if fact is not None and fact.event.on <= subject.on]
    died = _died(subject)
    return min([*days, *([died] if died is not None else [])], default=None)


def _attribute(subject: Subject, name: str) -> bool | Decimal | str | None:
    """What was recorded of a name, the last up to the first dose; before there is one, the last."""
    until = subject.first_dose or subject.on
    said = [cast(ev.Attribute, fact.event) for fact in subject.facts(ev.Attribute) if fact.event.on <= until]
    found = [event.value for event in said if attribute_key(event.name) == name]
    return found[-1] if found else None


def _age(subject: Subject) -> dict[str, Value]:
    age = _attribute(subject, "age")
    return {"AGE": int(age), "AGEU": "YEARS"} if isinstance(age, Decimal) else {}


def _sex(subject: Subject) -> str:
    """The codelist's term; SDTM leaves no room for none, and has U for what nobody recorded."""
    sex = _attribute(subject, "sex")
    return SEXES.get(sex.casefold(), "U") if isinstance(sex, str) else "U"


def _race(subject: Subject) -> str | None:
    """The codelist's term; a race in other words is not assigned to one of them here."""
    race = _attribute(subject, "race")
    return race.upper() if isinstance(race, str) and race.upper() in RACES else None


def _arms(subject: Subject) -> dict[str, Value]:
    """The planned and the actual arm, or why there is none."""
    arm = _arm_of(subject)
    if arm is None:
        failed = subject.patient.course.screen_failure
        return {"ARMNRS": "SCREEN FAILURE" if failed is not None else "NOT ASSIGNED"}
    planned: dict[str, Value] = {"ARMCD": arm_code(subject.version, arm), "ARM": subject.version.arms[arm].arm_title}
    if subject.first_dose is None:
        return planned | {"ARMNRS": "ASSIGNED, NOT TREATED"}
    return planned | {"ACTARMCD": planned["ARMCD"], "ACTARM": planned["ARM"]}


def _arm_of(subject: Subject) -> str | None:
    arm = subject.calendar.arm
    randomised = len(subject.version.arms) == 1 or bool(subject.facts(ev.Randomised))
    return arm if arm in subject.version.arms and randomised and _is_in(subject) else None


def _is_in(subject: Subject) -> bool:
    return subject.first_dose is not None or subject.patient.course.screen_failure is None


def subject_elements(subject: Subject) -> Iterator[Row]:
    """SE: the elements that had begun by the last day; the last one is open until the patient is out of the study."""
    plan = subject.patient.plan or subject.patient.any_arm
    epochs = subject.epochs()
    if plan is None or plan.arm not in subject.version.arms:
        return
    elements = {each.epoch: each for each in elements_of(subject.version)[plan.arm]}
    for number, epoch in enumerate(epochs):
        first = epoch.first or _first_record(subject)
        following = epochs[number + 1].first if number + 1 < len(epochs) else _left(subject)
        element = elements.get(epoch.name)
        if first is None or element is None:
            continue
        yield subject.keys | {
            "ETCD": element.code,
            "ELEMENT": element.name,
            "EPOCH": epoch.name,
            **subject.dated("SE", first, following),
        }


def _first_record(subject: Subject) -> date | None:
    """The day of consent; without one, of the first record."""
    consents: list[Fact] = subject.facts(ev.Consented)
    return min((fact.event.on for fact in consents or subject.facts(ev.Event)), default=None)
