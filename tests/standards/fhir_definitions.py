"""Bundles held against the published definitions of FHIR R5: cardinality, types, codes that are required, and invariants.

Not part of any test run: the definitions are fetched once, and fhirpathpy works the invariants out.

    npm pack hl7.fhir.r5.core && tar xzf hl7.fhir.r5.core-*.tgz
    uv run --with fhirpathpy python -m tests.standards.fhir_definitions package fhir/*.json

Left out are invariants that need more than the resource's own text: narrative (dom-6), references (ref-1, dom-3), and those that
fhirpathpy cannot work out on a part of a resource; how often each was left out is told. ext-1 is looked at here.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

LEFT_OUT = {"dom-3", "dom-6", "ref-1", "ext-1"}
FORMS = {
    "id": r"[A-Za-z0-9\-\.]{1,64}",
    "date": r"\d{4}(-\d\d(-\d\d)?)?",
    "dateTime": r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?",
    "instant": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)",
    "code": r"\S+( \S+)*",
    "canonical": r"\S+",
    "uri": r"\S+",
}
NUMBERS: dict[str, Any] = {"integer": int, "positiveInt": int, "unsignedInt": int, "decimal": (int, float)}


class Definitions:
    """The definitions of a package, and what was looked at with them."""

    def __init__(self, package: Path) -> None:
        self.package = package
        # No test needs it, so that it is declared nowhere.
        self.fhirpath, self.models = import_module("fhirpathpy"), import_module("fhirpathpy.models").models
        self.looked_at: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.elements = cache(self._elements)
        self.codes = cache(self._codes)
        self.invariant = cache(self._invariant)

    def _read(self, name: str) -> Any:
        path = self.package / f"{name}.json"
        return json.loads(path.read_text("utf-8")) if path.exists() else None

    def _elements(self, kind: str) -> dict[str, Any]:
        return {each["path"]: each for each in self._read(f"StructureDefinition-{kind}")["snapshot"]["element"]}

    def _codes(self, canonical: str) -> set[str] | None:
        """The codes of a value set; None where it is not whole in the package."""
        found: set[str] = set()
        value_set = self._read(f"ValueSet-{canonical.partition('|')[0].split('/')[-1]}") or {}
        for part in value_set.get("compose", {}).get("include", [{}]):
            system = self._read(f"CodeSystem-{part.get('system', '').split('/')[-1]}")
            if "concept" in part:
                found |= {each["code"] for each in part["concept"]}
            elif system is None or "filter" in part or system["content"] != "complete":
                return None
            else:
                found |= set(_codes_in(system["concept"]))
        return found

    def _invariant(self, expression: str) -> Callable[..., list[Any]]:
        made: Callable[..., list[Any]] = self.fhirpath.compile(expression, self.models["r5"])
        return made

    def faults(self, one: dict[str, Any]) -> Iterator[str]:
        """What is wrong with a resource, and with those inside of it."""
        kind = one["resourceType"]
        yield from self._part(one, kind, kind, one)

    def _part(self, value: dict[str, Any], kind: str, path: str, whole: dict[str, Any]) -> Iterator[str]:
        elements = self.elements(kind)
        yield from self._invariants(elements[path], value, path, whole)
        own = {name[len(path) + 1 :]: each for name, each in elements.items() if name.rpartition(".")[0] == path}
        met = set()
        if kind == "Extension" and ("extension" in value) == any(name.startswith("value") for name in value):
            yield f"{path}: ext-1"
        for name, told in value.items():
            if name == "resourceType":
                continue
            found = _element_of(own, name)
            if found is None:
                yield f"{path}.{name}: unknown"
                continue
            met.add(found[0])
            yield from self._values(found, told, f"{path}.{name}", kind, whole)
        yield from (f"{path}.{name}: required" for name, each in own.items() if each["min"] and name not in met)

    def _values(self, found: tuple[str, str], told: Any, path: str, kind: str, whole: Any) -> Iterator[str]:
        name, sort = found
        element = self.elements(kind)[f"{path.rpartition('.')[0]}.{name}"]
        if isinstance(told, list) != (element["max"] != "1") or told in ("", [], {}):
            yield f"{path}: {'empty' if told in ('', [], {}) else 'cardinality'}"
        for each in told if isinstance(told, list) else [told]:
            self.looked_at["elements"] += 1
            if "contentReference" in element:
                yield from self._part(each, kind, element["contentReference"].partition("#")[2], whole)
            elif sort in ("BackboneElement", "Element"):
                yield from self._part(each, kind, element["path"], whole)
            elif sort == "Resource":
                yield from self.faults(each)
            elif isinstance(each, dict):
                yield from self._invariants(element, each, path, whole)
                yield from self._part(each, sort, sort, whole)
            else:
                yield from self._plain(element, sort.rpartition(".")[2], each, path)

    def _plain(self, element: Any, sort: str, value: Any, path: str) -> Iterator[str]:
        binding = element.get("binding", {})
        codes = self.codes(binding["valueSet"]) if binding.get("strength") == "required" and sort == "code" else None
        if codes is not None:
            self.looked_at["codes"] += 1
            if value not in codes:
                yield f"{path}: {value!r} is none of {binding['valueSet']}"
        if sort == "boolean" or sort in NUMBERS:
            fits = isinstance(value, bool) if sort == "boolean" else isinstance(value, NUMBERS[sort])
        else:
            fits = isinstance(value, str) and re.fullmatch(FORMS.get(sort, r"[\s\S]+"), value) is not None
        if not fits:
            yield f"{path}: {value!r} is no {sort}"

    def _invariants(self, element: Any, value: Any, path: str, whole: Any) -> Iterator[str]:
        for each in element.get("constraint", ()):
            if each["severity"] != "error" or "expression" not in each:
                continue
            if each["key"] in LEFT_OUT:
                self.left_out[each["key"]] += 1
                continue
            try:
                answer = self.invariant(each["expression"])(value, {"resource": whole, "rootResource": whole})
            except Exception:  # whatever fhirpathpy cannot do; it is counted
                self.left_out[each["key"]] += 1
                continue
            self.looked_at["invariants"] += 1
            if answer == [False]:
                yield f"{path}: {each['key']}, {each['human']}"


def _codes_in(concepts: list[Any]) -> Iterator[str]:
    for each in concepts:
        yield each["code"]
        yield from _codes_in(each.get("concept", []))


def _element_of(own: dict[str, Any], name: str) -> tuple[str, str] | None:
    """The element's own name, and the type of what stands under this one: valueQuantity is value[x] and Quantity."""
    if name in own:
        return name, own[name].get("type", [{"code": "Element"}])[0]["code"]
    for choice in (each for each in own if each.endswith("[x]") and name.startswith(each[:-3])):
        for sort in own[choice]["type"]:
            if name == choice[:-3] + sort["code"][:1].upper() + sort["code"][1:]:
                return choice, sort["code"]
    return None


def main(package: str, *files: str) -> int:
    """Tell what is wrong with each file, and how much was looked at."""
    definitions = Definitions(Path(package))
    wrong = 0
    for name in files:
        found = Counter(definitions.faults(json.loads(Path(name).read_text("utf-8"))))
        wrong += found.total()
        sys.stdout.write(f"{name}: {found.total()} faults\n")
        sys.stdout.writelines(f"  {number} {fault}\n" for fault, number in found.most_common())
    sys.stdout.write(f"looked at: {dict(definitions.looked_at)}; left out: {dict(definitions.left_out)}\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
