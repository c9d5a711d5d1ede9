"""Revisions where something moved a visit that is no event of the patient: a closure of the site, or another site.

Nothing in an entry's reasons has a number then. Calendar programs would keep the old day: Google takes a change only with a
higher SEQUENCE, ICSx5 only with a later LAST-MODIFIED. So what such a change altered is found by looking at the agenda before
and after it, and carries the position and the moment of the change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias

from scheduler.views.agenda.item import AgendaItem
from scheduler.views.agenda.of_reader import Subject
from scheduler.views.agenda.revision import utc
from scheduler.web.feeds.up_to_date.told import Told

Look: TypeAlias = Callable[[Subject], Iterable[AgendaItem]]
"""What the reader sees of a subject, with all cancelled visits and all months."""


@dataclass(frozen=True, slots=True)
class Revising:
    """What moved without an event, for one reader of one patient: the position by UID, and the moments of the positions."""

    told: Told
    published: datetime
    raised: Mapping[str, int] = field(default_factory=dict)

    def items(self, items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
        """The items with the revisions that subscribers need. Without any such change they are as they were."""
        if not self.told.moves:
            return tuple(items)
        return tuple(self._revised(item) for item in items)

    def stamp(self, position: int) -> datetime:
        """When that position was reached (UTC, whole seconds). It never falls from one position to the next."""
        moments = [self.published]
        for number, move in enumerate(self.told.moves):
            if move.after + number + 1 <= position:
                moments.append(move.at)
        recorded = self.told.subject.recorded
        moments += [recorded[event] for event in recorded if self.told.position(event) <= position]
        return utc(max(moments))

    def _revised(self, item: AgendaItem) -> AgendaItem:
        position = max(self.told.position(item.sequence), self.raised.get(item.uid, 0))
        return replace(item, sequence=position, last_modified=max(item.last_modified, self.stamp(position)))


def revising(told: Told, published: datetime, look: Look) -> Revising:
    """For the reader whose look this is."""
    raised: dict[str, int] = {}
    for number, move in enumerate(told.moves):
        before = {item.uid: item for item in look(move.before)}
        now = {item.uid: item for item in look(move.now)}
        changed = (uid for uid in before.keys() | now.keys() if before.get(uid) != now.get(uid))
        raised.update((uid, move.after + number + 1) for uid in changed)
    return Revising(told, published, raised)
