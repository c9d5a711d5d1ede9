"""The seed study's protocol, and the later version of the example: the published one gives more fractions of more Gy."""

from __future__ import annotations

from dataclasses import replace

from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from tests.seed import FOLDER

FIRST = (FOLDER / "protocol.yaml").read_text("utf-8")
LATER = (FOLDER / "amendment" / "protocol-1.1.yaml").read_text("utf-8")


def amended(**changes: str) -> str:
    """The later version's text, with further changes where a story needs them: old words to new words."""
    text = LATER
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def versions(later: str) -> StudyVersion:
    """The first version, from which patients may move to the later one."""
    return replace(_compiled(FIRST), others=(_compiled(later),))


def _compiled(text: str) -> StudyVersion:
    version, _ = parse_protocol(text, name="protocol.yaml")
    return version
