"""What a word or number of an event makes people be asked, before it is recorded; stories of the keyboard."""

from __future__ import annotations

import pytest

from scheduler.errors import InvalidText
from scheduler.patient.events import Measured, dump_event, parse_event
from scheduler.patient.log import Log
from scheduler.patient.words import words_of
from scheduler.source.node import Data


def said(event: str, **fields: Data) -> list[tuple[str, str | None]]:
    """The codes and hints of what is said of an event, recorded first of all."""
    return [
        (found.code, found.hint)
        for found in words_of(parse_event({"on": "2026-03-02", "event": event, **fields}), Log())
    ]


def refused(event: str, **fields: Data) -> list[tuple[str, str | None]]:
    with pytest.raises(InvalidText) as wrong:
        parse_event({"on": "2026-03-02", "event": event, **fields})
    return [(found.code, found.hint) for found in wrong.value.findings]


@pytest.mark.parametrize(
    ("dose", "readings"),
    [
        ("30,000 IU", "write 30000 IU or 30 IU, whichever is meant"),
        ("2,400 mg/m2", "write 2400 mg/m2 or 2.4 mg/m2, whichever is meant"),
        ("2 400 mg", "write 2400 mg"),
        ("1,5 mg", "write 1.5 mg"),
        ("half a tablet", "write the amount and its unit, such as 80 mg"),
    ],
)
def test_a_dose_that_is_not_plain_is_refused_with_every_reading(dose: str, readings: str) -> None:
    assert refused("medicine started", name="prednisone", dose=dose) == [("not-a-dose", readings)]


def test_a_dose_that_reads_as_two_is_asked() -> None:
    assert said("medicine started", name="prednisone", dose="1.000 mg") == [
        ("ambiguous-amount", "write 1 mg or 1000 mg")
    ]
    assert said("given", treatment="a", n=1, amount="30.000 IU") == [("ambiguous-amount", "write 30 IU or 30000 IU")]
    assert said("medicine started", name="prednisone", dose="10 mg") == []


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("baseline ALT", "62 U/L", []),
        ("baseline ALT", "62", []),
        ("baseline ALT", "1.2 mg/dL", [("unread-unit", "write it in U/L")]),
        ("baseline ALT", "30,000 U/L", [("not-a-value", "write 30000 U/L or 30 U/L, whichever is meant")]),
        ("baseline ALT", "1.000 U/L", [("ambiguous-amount", "write 1 U/L or 1000 U/L, whichever is meant")]),
        ("baseline ALT", "<5 U/L", [("not-a-value", "write a number and U/L")]),
        ("height", "1.75 m", []),
        ("height", "1.75", [("impossible-value", "1.75 cm or 1.75 m?")]),
        ("weight", "1750 kg", [("impossible-value", "1750 kg or 175 kg?")]),
        ("weight", "1,75 kg", [("not-a-value", "write 1.75 kg")]),
        ("creatinine clearance", "0.9 mL/min", [("impossible-value", "0.9 mL/min or 0.9 mL/s?")]),
    ],
)
def test_a_value_of_the_patient(name: str, value: str, found: list[tuple[str, str | None]]) -> None:
    assert said("attribute", name=name, value=value) == found


def test_a_measured_value_that_no_living_person_has() -> None:
    assert said("measured", test="ANC", value="1200", unit="G/L") == [
        ("read-as", None),
        ("impossible-value", "1200 G/L or 1200 /uL?"),
    ]


def test_less_than_can_be_measured_needs_no_unit_and_keeps_its_sign() -> None:
    assert said("measured", test="ALT", value="<5") == []
    event = parse_event({"on": "2026-03-02", "event": "measured", "test": "ALT", "value": "<5", "unit": "U/L"})
    assert isinstance(event, Measured)
    assert event.amount == "<5 U/L"
    assert event.compared < 5
    assert event.compared > 4
    assert parse_event(dump_event(event)) == event


def test_more_than_can_be_measured_needs_its_unit() -> None:
    assert refused("measured", test="ALT", value="> 1000") == [("no-unit", "write 'unit', such as U/L")]
    event = parse_event({"on": "2026-03-02", "event": "measured", "test": "ALT", "value": "> 1000", "unit": "U/L"})
    assert isinstance(event, Measured)
    assert event.amount == ">1000 U/L"
    assert event.compared > 1000


def test_a_word_for_either_of_two_terms_is_said_with_both() -> None:
    assert said("adverse event", ae=1, term="nephritis", grade=2) == [
        ("read-as", "record the one of them, where it is known")
    ]
