"""Codes that are words for people too: statuses, roles, choices, and all that each kind of event says about itself for its form.

They stand in the code once, as what JSON and logs have, and pages say them by ``word``, each with what it is as its context.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import get_args

from scheduler.asking.question import Strength
from scheduler.calendar.entries.deviation import Deviated
from scheduler.calendar.entries.entry import Flag, Kind, Status
from scheduler.calendar.entries.proposal import State
from scheduler.endpoints.patient.end_point import EndPoint, Why
from scheduler.exports.list_words import COLUMNS
from scheduler.findings import Severity
from scheduler.folder.rows.trying import Outcome
from scheduler.patient.dose_rules.so_far.options import ALWAYS
from scheduler.patient.events import AnyFact, Corrected, Struck
from scheduler.patient.events.kind import FIELD, EventKind, Group, asked, in_one_line
from scheduler.patient.events.reviews import Cause
from scheduler.stock.events import AnyStockEvent
from scheduler.store import values
from scheduler.views.coordinator.decisions import OUT_OF_ORDER
from scheduler.views.looking_back.background import Sort
from scheduler.views.pharmacy.dispensing_line import LineStatus, Work
from scheduler.views.reader.audience import Audience, Detail
from scheduler.views.whole_site.appointment import Work as AgendaWork
from scheduler.views.whole_site.searching import Sort as Found
from scheduler.views.whole_site.standing import Standing
from scheduler.vocabulary import END_REASONS
from scheduler.web.guards.at_provider.accounts import NOTES as OF_THE_PROVIDER
from scheduler.web.guards.roles import Role
from scheduler.web.guards.signing_in import NOTES
from scheduler.web.pages.reports.adverse_events import WHERE
from scheduler.web.prints import PRINTED
from scheduler.web.recording.event_fields import LEFT_OUT, choices_of, label_of
from scheduler.web.showing.own_acts import OWN_NAMES, OWN_REASONS
from scheduler.written import texts_of

ENUMERATIONS: tuple[tuple[str, type[StrEnum]], ...] = (
    ("agenda", AgendaWork),
    ("deviation", Deviated),
    ("found", Found),
    ("detail", Detail),
    ("end point", EndPoint),
    ("flag", Flag),
    ("group", Group),
    ("outcome", Outcome),
    ("reader", Audience),
    ("record", values.Kind),
    ("role", Role),
    ("severity", Severity),
    ("sort", Kind),
    ("sort", Sort),
    ("standing", Standing),
    ("status", LineStatus),
    ("status", State),
    ("status", Status),
    ("strength", Strength),
    ("what ended a time", Why),
    ("work", Work),
)
OTHERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("collection", WHERE),
    ("cause", get_args(Cause)),
    ("column", COLUMNS),
    ("end reason", tuple(END_REASONS.names)),
    ("flag", (OUT_OF_ORDER,)),
    ("a list of the worklist", ("due today", "due later", "closing", "overdue", "decisions")),
    ("importance", ("important", "not important")),
    ("option", tuple(action.words for action in ALWAYS)),
    ("reason", OWN_REASONS),
    ("record", (PRINTED, *NOTES, *OF_THE_PROVIDER)),
    ("role", ("server", "command line")),
    ("severity", ("minor", "major")),
    ("status", ("in use", "revoked", "ended", "recorded")),
    ("who", OWN_NAMES),
)


def spoken() -> Iterator[tuple[str, str]]:
    """Each word with what it is."""
    for context, enumeration in ENUMERATIONS:
        yield from ((context, member.value) for member in enumeration)
    for context, words in OTHERS:
        yield from ((context, word) for word in words)
    for model in (*get_args(AnyFact), Corrected, Struck):
        yield from of_kind(model.kind)
    for movement in get_args(get_args(AnyStockEvent)[0]):
        texts = texts_of(movement)
        yield from ((FIELD, in_one_line(texts[name])) for name in movement.model_fields)


def of_kind(kind: EventKind) -> Iterator[tuple[str, str]]:
    """What a kind of event says on the page that lists it, in its form, and in the audit trail."""
    yield "record", kind.word
    yield from kind.sentence.messages()
    if kind.begins_elsewhere:
        return
    yield from (("event", kind.label), ("event meaning", kind.meaning))
    for name, info in kind.fields.items():
        if name not in LEFT_OUT:
            yield "field", label_of(name, info)
            yield from (("hint", hint) for hint in filter(None, [asked(info).hint]))
            yield from (("choice", word) for word in choices_of(info))
            yield FIELD, in_one_line(kind.meaning_of(name))


def contexts() -> Iterable[str]:
    """Everything that a word can be."""
    return sorted({context for context, _ in spoken()})
