"""What a text may hold, and how a wrong one is put: where it is, what stands there, and what to do."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

import pytest
from pydantic import Discriminator, Field, Tag, TypeAdapter, ValidationInfo, field_validator, model_validator

from scheduler.errors import InvalidText
from scheduler.source.reading import read_yaml
from scheduler.source.validation import validate
from scheduler.written import IsoDate, Number, Written, fault


class CycleStarted(Written):
    event: Literal["cycle started"]
    on: IsoDate
    treatment: str
    """Which treatment, by its name in the protocol."""
    cycle: int = Field(gt=0)


class Held(Written):
    event: Literal["held"]
    on: IsoDate
    reason: str = Field(min_length=1, max_length=200)


Event = Annotated[CycleStarted | Held, Field(discriminator="event")]


class IfClosed(StrEnum):
    LATER = "later"
    NEAREST = "nearest"
    EARLIER = "earlier"
    NEVER = "never"


def _shape(value: object) -> str:
    return "in full" if isinstance(value, dict) else "one line"


class Visit(Written):
    when: str
    if_closed: IfClosed = Field(default=IfClosed.LATER, alias="if closed")


class Study(Written):
    study: str = Field(default="X", pattern=r"^[A-Z-]+$", examples=["REGO-TORI-RT"])
    events: tuple[Event, ...] = ()
    visits: dict[
        str, Annotated[Annotated[str, Tag("one line")] | Annotated[Visit, Tag("in full")], Discriminator(_shape)]
    ] = Field(default={})
    dose: Annotated[Number, Field(gt=0, le=100)] | None = None
    fractions: int | None = Field(default=None, ge=1, lt=100, multiple_of=5)
    blinded: bool = False
    last: IsoDate | Literal["open"] = "open"
    days: tuple[int, ...] | Literal["daily"] | Held = "daily"
    amounts: dict[int, str] = Field(default={})
    arms: frozenset[str] = Field(default=frozenset({"control"}), min_length=1, max_length=2)
    sentence: str = ""
    window: tuple[int, int] | None = None
    doses: list[list[IsoDate] | dict[str, list[int]]] = Field(default=[])

    @field_validator("sentence")
    @classmethod
    def _no_maybe(cls, sentence: str, info: ValidationInfo) -> str:
        if "maybe" in sentence:
            raise fault("phrase", "'maybe' cannot be planned", hint="leave it out", offset=sentence.index("maybe"))
        if "never" in sentence:
            raise ValueError("then why write it")
        return sentence

    @model_validator(mode="after")
    def _not_both(self) -> Study:
        if self.blinded and self.dose:
            raise ValueError("a blinded study does not show its dose")
        return self


def findings(text: str) -> list[str]:
    with pytest.raises(InvalidText) as caught:
        validate(read_yaml(text, name="p"), Study)
    return [str(finding) for finding in caught.value.findings]


def test_a_text_becomes_its_model() -> None:
    text = """\
study: REGO
events:
  - {event: cycle started, on: 2026-03-02, treatment: regorafenib, cycle: 1}
visits: {c1d8: on day 8, scan: {when: every 56 days, if closed: nearest}}
dose: 2.50
days: [1, 8]
amounts: {1: a few, 2: more}
arms: [control]
"""
    study = validate(read_yaml(text, name="p"), Study)
    assert (str(study.dose), study.days, study.amounts) == ("2.50", (1, 8), {1: "a few", 2: "more"})
    assert study.visits == {"c1d8": "on day 8", "scan": Visit(when="every 56 days", if_closed=IfClosed.NEAREST)}
    assert [event.event for event in study.events] == ["cycle started"]


def test_part_of_a_text_may_be_one_of_several_models() -> None:
    node = read_yaml(
        "events:\n- {event: held, on: 2026-03-02, reason: AE 1}\n- {event: held, on: today, reason: x}\n", name="p"
    )
    event: TypeAdapter[Event] = TypeAdapter(Event)
    assert validate(node.at("events", 0), event) == Held.model_validate(
        {"event": "held", "on": "2026-03-02", "reason": "AE 1"}
    )
    with pytest.raises(InvalidText) as caught:
        validate(node.at("events", 1), event)
    assert [str(finding.place) for finding in caught.value.findings] == ["p:3:21"]


_DATE = "write it as YYYY-MM-DD, such as 2026-03-02"
_WHOLE = "write digits only, such as 21"
_DIGITS = "write digits only, such as 80 or 2.5"
_LIST = "write [a, b], or each item on its own line after '- '"
_KEYS = "write 'key: value', each on its own line"

ONE_FAULT = {
    # another kind of value
    "abc": f"p:1:1: error: expected keys with values, but 'abc' stands here ({_KEYS}) [not-a-mapping]",
    "study: 42": "p:1:8: error: expected text, but 42 stands here (put it in quotes: '42') [not-text]",
    "study: true": "p:1:8: error: expected text, but true stands here (put it in quotes: 'true') [not-text]",
    "study: [A]": "p:1:8: error: expected text, but a list stands here "
    "(write it as one text, in quotes where it has brackets or a colon) [not-text]",
    "study:": "p:1:7: error: expected text, but nothing stands here (write it, or remove the key) [missing-value]",
    "fractions: five": f"p:1:12: error: expected a whole number, but 'five' stands here ({_WHOLE}) [not-a-whole-number]",
    "fractions: '5'": f"p:1:12: error: expected a whole number, but '5' stands here ({_WHOLE}) [not-a-whole-number]",
    "fractions: 5.0": f"p:1:12: error: expected a whole number, but '5.0' stands here ({_WHOLE}) [not-a-whole-number]",
    "blinded: yes": "p:1:10: error: expected true or false, but 'yes' stands here (write true or false) [not-true-or-false]",
    "dose: 1e3": f"p:1:7: error: '1e3' is not a number ({_DIGITS}) [not-a-number]",
    "dose: true": f"p:1:7: error: expected a number, but true stands here ({_DIGITS}) [not-a-number]",
    "arms: control": f"p:1:7: error: expected a list, but 'control' stands here ({_LIST}) [not-a-list]",
    "events: {}": f"p:1:9: error: expected a list, but a mapping stands here ({_LIST}) [not-a-list]",
    "visits: [a]": f"p:1:9: error: expected keys with values, but a list stands here ({_KEYS}) [not-a-mapping]",
    "amounts: {one: a}": f"p:1:11: error: expected a whole number, but 'one' stands here ({_WHOLE}) [not-a-whole-number]",
    "window: [1, x]": f"p:1:13: error: expected a whole number, but 'x' stands here ({_WHOLE}) [not-a-whole-number]",
    "window: [1]": "p:1:1: error: the list is too short: item 2 is missing [too-short]",
    "window: [1, 2, 3]": "p:1:1: error: too many are written here (write at most 2) [too-long]",
    "doses: [{a: [x]}]": f"p:1:14: error: expected a whole number, but 'x' stands here ({_WHOLE}) [not-a-whole-number]",
    "doses: [[today]]": f"p:1:10: error: 'today' is not a date ({_DATE}) [not-a-date]",
    "doses: [today]": "p:1:9: error: expected a list or keys with values, but 'today' stands here "
    f"({_LIST}; or {_KEYS}) [wrong-kind]",
    # not allowed, though of the right kind
    "dose: 0": "p:1:7: error: 0 is too small (it must be more than 0) [out-of-range]",
    "dose: 100.5": "p:1:7: error: '100.5' is too large (it must be at most 100) [out-of-range]",
    "fractions: 0": "p:1:12: error: 0 is too small (it must be at least 1) [out-of-range]",
    "fractions: 100": "p:1:12: error: 100 is too large (it must be less than 100) [out-of-range]",
    "fractions: 7": "p:1:12: error: 7 does not fit (it must be a multiple of 5) [out-of-range]",
    "study: rego": "p:1:8: error: 'rego' is not written in the form that is needed here "
    "(for example REGO-TORI-RT) [wrong-form]",
    "arms: []": "p:1:1: error: too few are written here: 0 (write at least 1) [too-short]",
    "arms: [a, b, c]": "p:1:1: error: too many are written here (write at most 2) [too-long]",
    "sentence: then maybe later": "p:1:16: error: 'maybe' cannot be planned (leave it out) [phrase]",
    "sentence: never": "p:1:11: error: then why write it [wrong-value]",
    "dose: 1\nblinded: true": "p:1:1: error: a blinded study does not show its dose [wrong-value]",
    # keys and words
    "stdy: X": "p:1:1: error: the key 'stdy' is not known here (did you mean 'study'?) [unknown-key]",
    "visits: {scan: {when: x, if closd: later}}": "p:1:26: error: the key 'if closd' is not known here "
    "(did you mean 'if closed'?) [unknown-key]",
    "visits: {scan: {when: x, study: X}}": "p:1:26: error: the key 'study' is not known here "
    "(known here: if closed, when) [unknown-key]",
    "visits:\n  scan: {if closed: later}": "p:2:3: error: the key 'when' is missing (write 'when: ...' here) [missing-key]",
    "visits: {scan: {when: x, if closed: latter}}": "p:1:37: error: expected one of the words that are known here, "
    "but 'latter' stands here (did you mean 'later'?) [not-one-of]",
    "events: [{on: 2026-03-02}]": "p:1:10: error: the key 'event' is missing (known here: cycle started, held) [missing-key]",
    "events: [{event: cycle start}]": "p:1:18: error: expected 'cycle started' or 'held', but 'cycle start' stands here "
    "(did you mean 'cycle started'?) [not-one-of]",
    "events: [{event: 5}]": "p:1:18: error: expected 'cycle started' or 'held', but 5 stands here [not-one-of]",
    "events: [held]": f"p:1:10: error: expected keys with values, but 'held' stands here ({_KEYS}) [not-a-mapping]",
    "events: [{event: held, on: 2026-03-02, reason: x, cycle: 1}]": "p:1:51: error: the key 'cycle' is not known here "
    "(known here: event, on, reason) [unknown-key]",
    "events: [{event: held, on: 2026-02-30, reason: x}]": "p:1:28: error: there is no day 2026-02-30 in the calendar "
    f"({_DATE}) [not-a-date]",
    "events: [{event: held, on: 2 March, reason: x}]": f"p:1:28: error: '2 March' is not a date ({_DATE}) [not-a-date]",
    "events: [{event: held, on: 2026-03-02, reason: ''}]": "p:1:48: error: '' is too short "
    "(write 1 or more characters) [too-short]",
    "events:\n- event: cycle started\n  on: 2026-03-02\n  cycle: 1": "p:2:3: error: the key 'treatment' is missing "
    "(Which treatment, by its name in the protocol.) [missing-key]",
    # several kinds are allowed
    "last: soon": f"p:1:7: error: expected a date or 'open', but 'soon' stands here ({_DATE}) [wrong-kind]",
    "last: opn": "p:1:7: error: expected a date or 'open', but 'opn' stands here (did you mean 'open'?) [wrong-kind]",
    "last:": "p:1:6: error: expected a date or 'open', but nothing stands here (write it, or remove the key) [missing-value]",
    "days: [1, x]": f"p:1:11: error: expected a whole number, but 'x' stands here ({_WHOLE}) [not-a-whole-number]",
    "days: {event: held, on: 2026-03-02}": "p:1:1: error: the key 'reason' is missing (write 'reason: ...' here) [missing-key]",
}


@pytest.mark.parametrize(("text", "finding"), ONE_FAULT.items(), ids=ONE_FAULT)
def test_a_fault_is_put_plainly_at_its_place(text: str, finding: str) -> None:
    assert findings(text) == [finding]


def test_all_faults_are_shown_at_once_in_the_order_of_reading() -> None:
    text = """\
stdy: X
events:
  - {event: cycle started, on: 2026-13-01, treatment: 1, cycle: 0}
  - {event: helt}
dose: -1
"""
    assert [finding.split(" (")[0] for finding in findings(text)] == [
        "p:1:1: error: the key 'stdy' is not known here",
        "p:3:32: error: there is no day 2026-13-01 in the calendar",
        "p:3:55: error: expected text, but 1 stands here",
        "p:3:65: error: 0 is too small",
        "p:4:13: error: expected 'cycle started' or 'held', but 'helt' stands here",
        "p:5:7: error: -1 is too small",
    ]


def test_long_text_is_quoted_short_and_without_what_would_upset_a_terminal() -> None:
    assert findings('fractions: "a\\tb' + "c" * 100 + '"') == [
        "p:1:12: error: expected a whole number, but 'a\\tb"
        + "c" * 56
        + f"…' stands here ({_WHOLE}) [not-a-whole-number]"
    ]


def test_after_a_hundred_faults_it_is_enough() -> None:
    with pytest.raises(InvalidText) as caught:
        validate(
            read_yaml(
                "days: [" + "x, " * 50_000 + "]\nvisits: {" + ", ".join(f"v{n}: 1" for n in range(300)) + "}", name="p"
            ),
            Study,
        )
    assert len(caught.value.findings) <= 101
    assert "too-many" in {finding.code for finding in caught.value.findings}


def test_a_number_within_bounds_is_exact() -> None:
    assert validate(read_yaml("dose: 99.10", name="p"), Study).dose == Decimal("99.10")
