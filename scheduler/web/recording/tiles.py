"""What is recorded most, as five tiles, and the search for the rest: by label, by meaning, and by the words that people type."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.languages import Language
from scheduler.patient.events.kind import EventKind
from scheduler.patient.events.meant import MEANT
from scheduler.said import Said, said
from scheduler.web.guards.roles import may_record
from scheduler.web.recording.event_kinds import KINDS, groups_for
from scheduler.words.saying import say


@dataclass(frozen=True, slots=True)
class Tile:
    """Some kinds of event that belong together, the most frequent first."""

    title: Said
    kinds: tuple[EventKind, ...]
    decides: bool = False


_TILES = (
    (said("Visit"), ("visit done", "not done", "booked", "unscheduled visit")),
    (said("Adverse event"), ("adverse event", "regraded", "resolved")),
    (said("Laboratory"), ("measured",)),
    (said("Tablets"), ("dispensed", "returned", "cycle started", "taken", "not taken")),
    (said("Dose decision"), ("held", "resumed", "dose changed", "discontinued")),
)


def tiles_for(role: str) -> tuple[Tile, ...]:
    """The tiles of which that role may record something. The last is where decisions begin at their proposals too."""
    found = []
    for title, words in _TILES:
        kinds = tuple(KINDS[word] for word in words if may_record(role, KINDS[word]))
        if kinds:
            found.append(Tile(title, kinds, "held" in words))
    return tuple(found)


def searched(role: str, typed: str, language: Language) -> tuple[EventKind, ...]:
    """The kinds that role may record and that hold all words that were typed, in the reader's language or in English."""
    wanted = typed.casefold().split()
    meant = {each.kind for each in MEANT.get(" ".join(wanted), ())}
    kinds = [kind for group in groups_for(role) for kind in group.kinds]
    return tuple(
        kind
        for kind in kinds
        if wanted and (kind.word in meant or all(word in _text(kind, language) for word in wanted))
    )


def _text(kind: EventKind, language: Language) -> str:
    told = (Said(kind.label, context="event"), Said(kind.meaning, context="event meaning"))
    return " ".join(
        [kind.word, *(say(each, spoken) for each in told for spoken in (language, Language.ENGLISH))]
    ).casefold()
