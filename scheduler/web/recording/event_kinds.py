"""The kinds of event that can be recorded by hand, in the groups in which people look for them, as each kind says it."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.patient.events import FACTS
from scheduler.patient.events.kind import EventKind, Group
from scheduler.web.guards.roles import may_record

KINDS = FACTS


@dataclass(frozen=True, slots=True)
class Listed:
    """Kinds that belong together."""

    name: str
    kinds: tuple[EventKind, ...]


def groups_for(role: str) -> tuple[Listed, ...]:
    """What that role may record. A decision is not listed: it begins at its proposal."""
    listed = [kind for kind in KINDS.values() if may_record(role, kind) and not kind.begins_elsewhere]
    found = (Listed(group, tuple(kind for kind in listed if kind.group is group)) for group in Group)
    return tuple(group for group in found if group.kinds)
