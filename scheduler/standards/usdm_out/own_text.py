"""A file that this program wrote: the protocol's own text in it, and whether the file still says what that text says."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.protocol.plan.study import StudyVersion
from scheduler.standards.usdm_out.parts import PROTOCOL_TEXT
from scheduler.standards.usdm_out.study import usdm_of


def own_text(content: object) -> str | None:
    """The protocol's text in a file; None where it carries none."""
    version = _first(_first(content, "study"), "versions")
    attributes = version.get("extensionAttributes")
    for each in attributes if isinstance(attributes, list) else []:
        if isinstance(each, dict) and each.get("url") == PROTOCOL_TEXT and isinstance(each.get("valueString"), str):
            return str(each["valueString"])
    return None


def says_the_same(content: object, version: StudyVersion, text: str) -> bool:
    """True where the file's study is, part for part, what would be written of that text today."""
    written = usdm_of(version, text, "").content
    return isinstance(content, Mapping) and content.get("study") == written["study"]


def _first(value: object, key: str) -> Mapping[str, object]:
    found = value.get(key) if isinstance(value, Mapping) else None
    found = found[0] if isinstance(found, list) and found else found
    return found if isinstance(found, Mapping) else {}
