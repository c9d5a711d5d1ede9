"""What every resource has: an id, a kind, and references to others; and how a study's own names become addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import TypeAlias

Json: TypeAlias = str | int | bool | Decimal | Sequence["Json"] | Mapping[str, "Json"]
"""A value in a resource. What is missing is left out: FHIR has no null and no empty list."""

Resource: TypeAlias = dict[str, Json]

_LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the resources are from. ``base`` is the address of the FHIR server that they are for, without a slash at its end.

    It stands before every canonical address, identifier and code of the study's own; nobody has to answer there.
    """

    base: str
    study: str

    def canonical(self, kind: str, resource_id: str) -> str:
        """The canonical address of a definition."""
        return f"{self.base}/{kind}/{resource_id}"

    def extension(self, name: str) -> str:
        """The address of an extension of our own."""
        return f"{self.base}/StructureDefinition/{name}"

    def identifier(self, of: str, value: str) -> Resource:
        """A number or name that the study itself gives, such as a subject's."""
        return {"system": f"{self.base}/identifiers/{resource_id(self.study)}/{of}", "value": value}


def resource_id(*parts: str) -> str:
    """An id that FHIR takes, from names of ours: what it cannot hold is told apart by a hash at its end."""
    text = ".".join(parts)
    safe = re.sub(r"[^A-Za-z0-9.-]+", "-", text)
    if safe == text and len(text) <= _LONGEST_ID:
        return text
    return f"{safe[: _LONGEST_ID - 11]}-{sha256(text.encode()).hexdigest()[:10]}"


def resource(kind: str, of: str, /, **content: Json | None) -> Resource:
    """A resource, without what is missing. A name of Python's own has an underscore at its end."""
    told = {
        name.rstrip("_"): value for name, value in content.items() if value is not None and value not in ("", (), [])
    }
    return {"resourceType": kind, "id": of} | told


def reference(kind: str, of: str) -> Resource:
    """A reference to a resource on the same server."""
    return {"reference": f"{kind}/{of}"}


def concept(text: str, system: str | None = None, code: str | None = None) -> Resource:
    """Something in words, with a code where there is one."""
    coding: Resource = {} if system is None or code is None else {"coding": [{"system": system, "code": code}]}
    return coding | {"text": text}


def notes(*texts: str) -> list[Resource] | None:
    """What else is to say, each once."""
    return [{"text": text} for text in dict.fromkeys(texts) if text] or None
