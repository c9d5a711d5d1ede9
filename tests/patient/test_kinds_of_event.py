"""One law over all kinds of event: what its class says is in the form, the schema, the roles and the sentence."""

from __future__ import annotations

import types
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from scheduler.calendar.telling.events_in_words import what_happened
from scheduler.folder.event_line import event_line
from scheduler.folder.founding.editor_schemas import schemas
from scheduler.patient.case_file.case import CaseFile
from scheduler.patient.events import AdverseEvent, AnyFact, Corrected, Event, OfTreatment, Struck, dump_event
from scheduler.patient.events.kind import Authority, Group, Vocabulary
from scheduler.patient.replaying.replay import CHANGES
from scheduler.web.guards.roles import Role, may_record, needs_signature
from scheduler.web.recording.event_fields import fields_of
from scheduler.web.recording.event_kinds import KINDS, groups_for


class Interrupted(
    OfTreatment,
    label="Infusion interrupted",
    group=Group.DOSES,
    authority=Authority.SIGNED_ORDER,
    sentence="{treatment} is interrupted for {minutes} minutes[, after {given}]",
):
    """An infusion was stopped and is to go on the same day."""

    event: Literal["interrupted"] = "interrupted"
    minutes: int
    """For how many minutes it was stopped."""
    given: str | None = None
    """What had been given until then, with its unit."""


class Offered:
    """What a form offers about a patient with one treatment, who has a use for every field."""

    def asks_for(self, field: str) -> bool:
        return True

    def offers(self, words: Vocabulary | None) -> tuple[tuple[tuple[str, str], ...], bool]:
        return ((("infusion", "Infusion"),), True) if words is Vocabulary.TREATMENT else ((), False)


CHOICES: Any = Offered()
KINDS_OF_EVENT: tuple[type[Event], ...] = (*get_args(AnyFact), Corrected, Struck, Interrupted)
TWO_OF_EACH: dict[str, tuple[object, object]] = {
    "from": (date(2026, 3, 2), date(2026, 3, 4)),
    "to": (date(2026, 3, 6), date(2026, 3, 9)),
    "with": tuple(AdverseEvent(on=date(2026, 3, 2), ae=1, term=term, grade=2) for term in ("Rash", "Fever")),  # type: ignore[dict-item]
    "beyond": ("<", ">"),
    "size": ("major", "minor"),
    "whose": ("subject", "partner"),
    "route": ("oral", "topical"),
    "amounts": (("5 Gy low-dose",), ("1 Gy low-dose",)),
    "times": (("08:00", "20:00"), ("07:30", "19:30")),
    "test": ("blood pressure", "ALT"),
    "importance": ("important", "not important"),
    "cause": ("patient", "site"),
}
OF_ANY_TYPE = (
    date(2026, 3, 4),
    date(2026, 3, 5),
    2,
    3,
    Decimal("2.5"),
    Decimal(4),
    True,
    "80 mg",
    "40 mg",
    ("ECG",),
    ("CT",),
)
OF_ANY_TYPE += ("treatment", "visits", "some words")  # type: ignore[assignment]

NOT_SAID = {("resumed", "day"), ("response", "entry"), ("date of birth", "born")}
"""Fields that no sentence says yet; the day of birth never is."""


@cache
def two_values(kind: type[Event], name: str) -> list[object]:
    """Two values that a field can have."""
    info = kind.kind.fields[name]
    takes: TypeAdapter[object] = TypeAdapter(info.rebuild_annotation(), config={"strict": True})
    found = []
    for value in (*TWO_OF_EACH.get(name, ()), *OF_ANY_TYPE):
        try:
            found.append(takes.validate_python(value))
        except ValidationError:
            continue
    return found[:2]


def own_fields(kind: type[Event]) -> list[str]:
    return [name for name in kind.kind.fields if name not in Event.model_fields]


def made(kind: type[Event], **said: object) -> Event:
    """An event with what it needs. One that needs one of several fields, or a pair, is given the first that will do."""
    needed = {name: two_values(kind, name)[0] for name in own_fields(kind) if kind.kind.fields[name].is_required()}
    optional = {name: two_values(kind, name)[0] for name in own_fields(kind) if name not in needed}
    if kind.kind.fields["at"].is_required():
        needed["at"] = "08:10"
    more: list[dict[str, object]] = [{}, *({name: value} for name, value in optional.items())]
    for extra in more:
        try:
            return kind.model_validate({"on": date(2026, 3, 2), "reason": "AE 1"} | needed | extra | said)
        except ValidationError:
            continue
    raise AssertionError(f"no {kind.kind.word} can be made with {said}")


def changed(kind: type[Event]) -> Iterator[tuple[str, str, str]]:
    """For each field of a kind, what is told with one value and with another."""
    for name in own_fields(kind):
        told = [str(what_happened(made(kind, **{name: value}))) for value in two_values(kind, name)]
        if two_values(kind, name) == [True]:
            told.append(str(what_happened(made(kind))))
        yield name, told[0], told[1]


@pytest.mark.parametrize("kind", KINDS_OF_EVENT, ids=lambda kind: kind.kind.word)
def test_its_sentence_says_every_field_that_it_has(kind: type[Event]) -> None:
    unsaid = {(kind.kind.word, name) for name, one, other in changed(kind) if one == other}
    assert unsaid == {each for each in NOT_SAID if each[0] == kind.kind.word}


@pytest.mark.parametrize("kind", KINDS_OF_EVENT, ids=lambda kind: kind.kind.word)
def test_its_schema_says_what_every_field_means(kind: type[Event]) -> None:
    fields = kind.model_json_schema()["properties"]
    assert {name for name, field in fields.items() if len(field.get("description", "")) < 10} == set()
    assert set(fields) == set(kind.kind.fields)


@pytest.mark.parametrize("kind", KINDS_OF_EVENT, ids=lambda kind: kind.kind.word)
def test_its_form_asks_for_every_field(kind: type[Event]) -> None:
    form = {field.name: field for field in fields_of(kind.kind, CHOICES, {})}
    assert form.keys() == kind.kind.fields.keys() - {"event", "recorded"}
    needed = {name for name, info in kind.kind.fields.items() if info.is_required()}
    assert {name for name, field in form.items() if field.required} == needed
    assert "" not in {field.label for field in form.values()}


@pytest.mark.parametrize("kind", KINDS_OF_EVENT, ids=lambda kind: kind.kind.word)
def test_an_investigator_alone_signs_and_a_line_says_it_all(kind: type[Event]) -> None:
    may = {role for role in Role if may_record(role, kind.kind)}
    assert (may == {Role.INVESTIGATOR}) == needs_signature(kind.kind)
    assert Role.MONITOR not in may
    event = made(kind)
    assert [key for key in dump_event(event) if f"{key}: " not in event_line(event)] == []


def test_all_that_are_listed_are_replayed_and_in_the_schema_of_case_files() -> None:
    facts = set(get_args(AnyFact))
    assert CHANGES.keys() == facts
    assert {kind.kind for kind in facts} == set(KINDS.values())
    words = {part["properties"]["event"]["const"] for part in CaseFile.model_json_schema()["$defs"].values()}
    assert words == {kind.kind.word for kind in (*facts, Corrected, Struck)}
    assert schemas()["case.schema.json"]["$defs"].keys() == {kind.__name__ for kind in (*facts, Corrected, Struck)}
    listed = [kind.word for group in groups_for(Role.INVESTIGATOR) for kind in group.kinds]
    assert set(listed) == KINDS.keys() - {"decided"}


def test_a_new_kind_is_told_asked_for_and_signed_without_another_line() -> None:
    event = Interrupted(on=date(2026, 3, 2), treatment="infusion", minutes=20, given="40 mg")
    assert str(what_happened(event)) == "infusion is interrupted for 20 minutes, after 40 mg"
    asked = [(field.label, field.sort, field.offers) for field in fields_of(Interrupted.kind, CHOICES, {})][1:4]
    assert asked == [
        ("Treatment", "one of", (("infusion", "Infusion"),)),
        ("Minutes", "whole", ()),
        ("Given", "text", ()),
    ]
    assert [role for role in Role if may_record(role, Interrupted.kind)] == [Role.INVESTIGATOR]
    assert Interrupted.model_json_schema()["properties"]["minutes"]["description"] == (
        "For how many minutes it was stopped."
    )


WHOLE: dict[str, Any] = {
    "label": "Seen",
    "group": Group.VISITS,
    "authority": Authority.FACT,
    "sentence": "{treatment} is seen",
}


def new_kind(docstring: str | None = "It was seen.", **said: Any) -> type[Event]:
    body = {
        "__doc__": docstring,
        "__module__": __name__,
        "event": "seen",
        "__annotations__": {"event": Literal["seen"]},
    }
    made_now: type[Event] = types.new_class("Seen", (OfTreatment,), said, lambda space: space.update(body))
    return made_now


def test_a_kind_that_says_all_can_be_made() -> None:
    assert new_kind(**WHOLE).kind.word == "seen"


def test_what_a_page_says_of_a_kind_has_no_marks_of_code() -> None:
    assert new_kind("It was seen; ``on`` is its day.", **WHOLE).kind.meaning == "It was seen; on is its day."


@pytest.mark.parametrize("left_out", WHOLE)
def test_a_kind_that_leaves_something_out_cannot_be_imported(left_out: str) -> None:
    with pytest.raises(TypeError, match=left_out):
        new_kind(**{name: value for name, value in WHOLE.items() if name != left_out})


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"docstring": None}, "its class needs a docstring that says what happened"),
        ({"label": ""}, "it needs a label"),
        ({"sentence": ""}, "it needs a sentence"),
        ({"sentence": "it is seen"}, "its sentence does not say its 'treatment'"),
        ({"sentence": "{treatment} is seen by {whom}"}, "its sentence names 'whom', which it does not have"),
        ({"sentence": "{treatment} is seen by {by}"}, "its sentence needs 'by', which can be left out"),
    ],
)
def test_a_kind_that_says_it_badly_cannot_be_imported(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(TypeError, match=f"[:;] {complaint}"):
        new_kind(**{**WHOLE, **changes})
