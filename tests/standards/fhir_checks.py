"""Bundles held against what others say of them: the R5 models of fhir.resources, and what those do not look at.

The models know fields, cardinality and types. Codes of required bindings, invariants, references and what we ourselves promise
(no dose where a decision is open, no names of people) are looked at here. Codes and invariants are those of FHIR R5, 5.0.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from fhir.resources import get_fhir_model_class
from pydantic import ValidationError


def _codes(words: str) -> set[str]:
    return set(words.split())


REQUEST = {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"}
PUBLICATION = {"draft", "active", "retired", "unknown"}
RELATIONSHIP = {f"{when}{edge}" for when in ("before", "concurrent", "after") for edge in ("", "-start", "-end")} | {
    f"{when}-{edge}-with-{other}"
    for when in ("before", "concurrent", "after")
    for edge in ("start", "end")
    for other in ("start", "end")
}
INTENT = {
    "proposal",
    "plan",
    "directive",
    "order",
    "original-order",
    "reflex-order",
    "filler-order",
    "instance-order",
    "option",
}
CODES: dict[tuple[str, str], set[str]] = {
    ("Appointment", "status"): _codes(
        "proposed pending booked arrived fulfilled cancelled noshow entered-in-error checked-in waitlist"
    ),
    ("Appointment", "participant.status"): {"accepted", "declined", "tentative", "needs-action"},
    ("ServiceRequest", "status"): REQUEST,
    ("ServiceRequest", "intent"): INTENT,
    ("CarePlan", "status"): REQUEST,
    ("CarePlan", "intent"): {"proposal", "plan", "order", "option", "directive"},
    ("MedicationRequest", "status"): _codes(
        "active on-hold ended stopped completed cancelled entered-in-error draft unknown"
    ),
    ("MedicationRequest", "intent"): INTENT - {"directive"},
    ("MedicationDispense", "status"): _codes(
        "preparation in-progress cancelled on-hold completed entered-in-error stopped declined unknown"
    ),
    ("MedicationAdministration", "status"): _codes(
        "in-progress not-done on-hold completed entered-in-error stopped unknown"
    ),
    ("AdverseEvent", "status"): {"in-progress", "completed", "entered-in-error", "unknown"},
    ("AdverseEvent", "actuality"): {"actual", "potential"},
    ("ResearchStudy", "status"): PUBLICATION,
    ("ResearchSubject", "status"): PUBLICATION,
    ("PlanDefinition", "status"): PUBLICATION,
    ("PlanDefinition", "action.relatedAction.relationship"): RELATIONSHIP,
    ("ActivityDefinition", "status"): PUBLICATION,
    ("ActivityDefinition", "kind"): {"ServiceRequest", "MedicationRequest"},
    ("ActivityDefinition", "intent"): INTENT,
    ("Bundle", "type"): {"collection", "searchset"},
}
UNITS = {
    "ug": "mcg",
    "[iU]": "IU",
    "{tablet}": "tablet",
    "{capsule}": "capsule",
    "{vial}": "vial",
    "d": "day",
    "h": "hours",
    "wk": "weeks",
    "mo": "months",
    "a": "years",
    **{same: same for same in ("mg", "g", "mL", "Gy", "U", "mmol", "MBq", "GBq")},
}
"""The units of UCUM that are used, each with our word for it, which is in its plural too."""


def faults_of(text: str, *beside: str) -> list[str]:
    """All that is wrong with a bundle. ``beside`` are other bundles that it may refer to."""
    bundle = json.loads(text)
    try:
        get_fhir_model_class("Bundle").model_validate_json(text)
        found = []
    except ValidationError as error:
        found = [f"model: {each['loc'][-1]}: {each['msg']}" for each in error.errors()]
    known = _known(text).union(*map(_known, beside))
    found += _addresses(bundle)
    for each in resources(bundle):
        found += [f"{each['resourceType']}/{each.get('id')}: {fault}" for fault in _faults(each, known)]
    return found


@cache
def _known(text: str) -> frozenset[str]:
    return frozenset(f"{each['resourceType']}/{each['id']}" for each in resources(json.loads(text)))


def resources(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in bundle.get("entry", ())]


def _addresses(bundle: dict[str, Any]) -> list[str]:
    addresses = [entry["fullUrl"] for entry in bundle.get("entry", ())]
    wrong = [
        entry["fullUrl"]
        for entry in bundle.get("entry", ())
        if not entry["fullUrl"].endswith(f"/{entry['resource']['resourceType']}/{entry['resource'].get('id')}")
    ]
    twice = (
        [address for address in addresses if addresses.count(address) > 1]
        if len(set(addresses)) < len(addresses)
        else []
    )
    return [f"bdl-7: {address}" for address in dict.fromkeys([*twice, *wrong])]


def _faults(one: dict[str, Any], known: frozenset[str]) -> Iterator[str]:
    kind = one["resourceType"]
    for (of, path), codes in CODES.items():
        if of == kind:
            yield from (f"{path} is {value!r}" for value in _at(one, path.split(".")) if value not in codes)
    yield from _broken_references(one, known)
    yield from _invariants(one)
    for part in _parts(one):
        ours = (part.get("unit"), str(part.get("unit")).removesuffix("s"))
        if part.get("system") == "http://unitsofmeasure.org" and UNITS.get(part.get("code", "")) not in ours:
            yield f"{ours[0]} is not {part.get('code')} in UCUM"
    if kind == "Patient" and one.keys() - {"resourceType", "id", "identifier"}:
        yield "a patient is a number"


def _at(value: Any, path: list[str]) -> Iterator[Any]:
    """What stands at a path, in every element of a list; actions also inside of actions."""
    for each in value if isinstance(value, list) else [value]:
        if not path:
            yield each
        elif isinstance(each, dict):
            yield from _at(each.get(path[0], []), path[1:])
            if path[0] == "relatedAction":
                yield from _at(each.get("action", []), path)


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _parts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _parts(each)


def _broken_references(one: dict[str, Any], known: frozenset[str]) -> Iterator[str]:
    contained = {f"#{each['id']}" for each in one.get("contained", ())}
    actions = {part["linkId"] for part in _parts(one) if "linkId" in part}
    for part in _parts(one):
        told = part.get("reference")
        if isinstance(told, str) and told not in known | contained:
            yield f"{told} is nowhere"
        if "targetId" in part and part["targetId"] not in actions:
            yield f"no action {part['targetId']}"
        canonicals = [part.get("definitionCanonical"), *part.get("instantiatesCanonical", ())]
        for canonical in filter(None, canonicals):
            if "/".join(canonical.partition("|")[0].split("/")[-2:]) not in known:
                yield f"{canonical} is nowhere"


def _invariants(one: dict[str, Any]) -> Iterator[str]:
    kind, status = one["resourceType"], one.get("status")
    if kind == "Appointment":
        yield from _of_appointment(one)
    if kind == "ServiceRequest" and "orderDetail" in one and "code" not in one:
        yield "prr-1"
    if kind == "MedicationAdministration" and "dosage" in one and not one["dosage"].keys() & {"text", "dose"}:
        yield "mad-1"
    if status == "on-hold" and "dose" in json.dumps([one.get("dosageInstruction"), one.get("orderDetail")]):
        yield "a dose on hold is stated"
    if status == "on-hold" and kind == "MedicationRequest" and "statusReason" not in one:
        yield "on hold without a reason"
    for period in (part for part in _parts(one) if "start" in part and "end" in part):
        if period["start"] > period["end"]:
            yield "per-1"


def _of_appointment(one: dict[str, Any]) -> Iterator[str]:
    if ("start" in one) != ("end" in one):
        yield "app-2"
    if "start" not in one and one["status"] not in ("proposed", "cancelled", "waitlist"):
        yield "app-3"
    if one.get("start", "") > one.get("end", "~"):
        yield "app-5"
