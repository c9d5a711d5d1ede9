"""The parts of a USDM file with where each stands. Nothing is presumed about the file: what has another shape is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ufeff\s]+")

MOST_OBJECTS = 20_000
"""How many a design may have: public ones have two thousand, and who reads a larger one keeps others waiting."""
_BESIDE_THE_DESIGN = ("titles", "studyIdentifiers", "conditions", "studyInterventions", "eligibilityCriterionItems")
"""What is read of a study version; narratives and biomedical concepts may be as long as they are."""


@dataclass(frozen=True, slots=True)
class Part:
    """An object of the file and its JSON path, such as ``$.study.versions[0]``."""

    path: str
    has: Mapping[str, object]

    def text(self, key: str) -> str:
        """A text in one line; empty where it is missing or something else."""
        value = self.has.get(key)
        return one_line(value) if isinstance(value, str) else ""

    def part(self, key: str) -> Part:
        """An object below this one; an empty one where it is missing."""
        value = self.has.get(key)
        return Part(f"{self.path}.{key}", value if isinstance(value, dict) else {})

    def parts(self, key: str) -> Iterator[Part]:
        """The objects of a list."""
        value = self.has.get(key)
        for number, each in enumerate(value if isinstance(value, list) else []):
            if isinstance(each, dict):
                yield Part(f"{self.path}.{key}[{number}]", each)

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list, such as the ids that it names."""
        value = self.has.get(key)
        return tuple(one_line(each) for each in value if isinstance(each, str)) if isinstance(value, list) else ()

    def decoded(self, key: str) -> str:
        """What a code says; an alias code has it one level further down."""
        code = self.part(key)
        return code.text("decode") or code.part("standardCode").text("decode")

    @property
    def id(self) -> str:
        """Its id; empty where it has none."""
        return self.text("id")

    @property
    def called(self) -> str:
        """Its label, else its name, else its id."""
        return self.text("label") or self.text("name") or self.id


def one_line(text: str) -> str:
    """The text without line breaks, control signs and spaces at its ends."""
    return _CONTROL.sub(" ", text).strip()


def objects_in(version: Part, design: Part) -> int:
    """How many objects have to be read, at any depth."""
    left: list[object] = [design.has, *(version.has.get(key) for key in _BESIDE_THE_DESIGN)]
    number = 0
    while left:
        each = left.pop()
        if isinstance(each, dict):
            number += 1
            left += each.values()
        elif isinstance(each, list):
            left += each
    return number
