"""The seed study's protocol, and a later version of it: the published one gives more fractions of more Gy."""

from __future__ import annotations

from dataclasses import replace

from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan import StudyVersion
from tests.seed import FOLDER

FIRST = (FOLDER / "protocol.yaml").read_text("utf-8")

_CHANGES = {
    'version: "1.0"\n': ('version: "1.1"\namendment: {of: "1.0", patients: may move, consent: again}\n'),
    "until: 5 fractions": "until: 8 fractions",
    "hypofractionated: 4-12 Gy prescribed": "hypofractionated: 8-12 Gy prescribed",
    "low-dose: 0.5-2 Gy prescribed": "low-dose: 0.25-1.25 Gy prescribed",
}


def amended(**changes: str) -> str:
    """The later version's text, with further changes where a story needs them: old words to new words."""
    text = FIRST
    for old, new in (_CHANGES | changes).items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def versions(later: str) -> StudyVersion:
    """The first version, from which patients may move to the later one."""
    return replace(_compiled(FIRST), others=(_compiled(later),))


def _compiled(text: str) -> StudyVersion:
    version, _ = parse_protocol(text, name="protocol.yaml")
    return version
