"""A bundle: resources that belong together, each under its address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from scheduler.standards.fhir.resource import Origin, Resource

Use: TypeAlias = Literal["collection", "searchset"]


def bundle_of(of: str, resources: Iterable[Resource], origin: Origin, use: Use = "collection") -> Resource:
    """The bundle. A "searchset" is what a server answers, and says how many there are."""
    entries: list[Resource] = []
    for each in resources:
        entry: Resource = {"fullUrl": f"{origin.base}/{each['resourceType']}/{each['id']}", "resource": each}
        entries.append(entry | ({"search": {"mode": "match"}} if use == "searchset" else {}))
    told: Resource = {"resourceType": "Bundle", "id": of, "type": use}
    if use == "searchset":
        told["total"] = len(entries)
    return told | ({"entry": entries} if entries else {})
