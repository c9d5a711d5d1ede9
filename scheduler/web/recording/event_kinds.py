"""The kinds of event that can be recorded by hand, in the groups in which people look for them, each in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from scheduler.patient.events import AnyFact, Event
from scheduler.web.guards.roles import may_record


@dataclass(frozen=True, slots=True)
class EventKind:
    """One kind of event: its word in the log, what it is called on the page, and the model of its fields."""

    word: str
    words: str
    model: type[Event]

    @property
    def tells(self) -> str:
        """What it means, as the model says it."""
        return (self.model.__doc__ or "").strip().partition("\n")[0]


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds that belong together."""

    name: str
    kinds: tuple[EventKind, ...]


_MODELS: dict[str, type[Event]] = {model.model_fields["event"].default: model for model in get_args(AnyFact)}

_GROUPS = {
    "Visits and appointments": {
        "visit done": "Visit, scan or contact took place",
        "not done": "Planned visit or fraction was not done",
        "booked": "Appointment made",
        "rebooked": "Appointment moved",
        "unscheduled visit": "Unscheduled visit",
    },
    "Doses": {
        "first dose planned": "First dose planned",
        "cycle started": "Cycle of tablets started",
        "given": "Infusion, injection or fraction given",
        "taken": "Tablets taken",
        "not taken": "Tablets not taken",
    },
    "Holds, delays and orders": {
        "held": "Treatment put on hold",
        "delayed": "Start put off to a known day",
        "resumed": "Treatment resumed",
        "dose changed": "Dose level changed",
        "prescribed": "Radiotherapy dose prescribed",
        "discontinued": "One treatment ended for good",
        "end of treatment": "All treatment ended",
        "treated beyond progression": "Treatment goes on beyond progression",
    },
    "Adverse events and findings": {
        "adverse event": "New adverse event",
        "regraded": "Grade of an adverse event changed",
        "resolved": "Adverse event over",
        "measured": "Laboratory value or measurement",
        "response": "Tumour assessed",
        "progressed": "Disease progressed",
        "attribute": "Fact about the patient",
        "medicine started": "Other medicine started",
        "medicine changed": "Other medicine changed",
        "medicine stopped": "Other medicine stopped",
        "new anticancer therapy": "New anticancer therapy",
        "surgery": "Surgery",
        "pregnancy": "Pregnancy",
    },
    "Pharmacy": {
        "dispensed": "Handed out",
        "returned": "Brought back and counted",
        "lost": "Lost by the patient",
    },
    "In and out of the study": {
        "consented": "Consent, or consent again",
        "screened": "Screening complete, eligible",
        "screen failed": "Not eligible",
        "randomised": "Randomised",
        "reached": "A date of the study was reached",
        "joined": "Joined a group",
        "left": "Left a group",
        "moved to version": "Moved to another protocol version",
        "site transferred": "Transferred to another site",
        "withdrew": "Withdrew",
        "lost to follow-up": "Lost to follow-up",
        "contacted": "Reached again",
        "died": "Died",
    },
}

GROUPS: tuple[Group, ...] = tuple(
    Group(name, tuple(EventKind(word, words, _MODELS[word]) for word, words in kinds.items()))
    for name, kinds in _GROUPS.items()
)
DECIDED = EventKind("decided", "Decision about a proposal", _MODELS["decided"])
KINDS: dict[str, EventKind] = {kind.word: kind for group in GROUPS for kind in group.kinds} | {DECIDED.word: DECIDED}
"""All of them by their words. A decision is not in the groups: it begins at its proposal."""


def groups_for(role: str) -> tuple[Group, ...]:
    """What that role may record."""
    found = (Group(group.name, tuple(kind for kind in group.kinds if may_record(role, kind.word))) for group in GROUPS)
    return tuple(group for group in found if group.kinds)
