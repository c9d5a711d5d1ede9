from __future__ import annotations

import typing
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.errors import InvalidText
from scheduler.findings import Place
from scheduler.patient import events as every
from scheduler.patient.events import (
    Attribute,
    Corrected,
    Delayed,
    Event,
    FirstDosePlanned,
    Given,
    Measured,
    Struck,
    UnscheduledVisit,
    Withdrew,
    canonical_text,
    dump_event,
    parse_amount,
    parse_event,
)
from scheduler.source.reading import read_yaml

KINDS = (*typing.get_args(every.AnyFact), Corrected, Struck)


def test_every_kind_of_event_has_a_word_and_a_name() -> None:
    words = {kind.model_fields["event"].default: kind.__name__ for kind in KINDS}
    assert len(words) == len(KINDS)
    assert {word: words[word] for word in ("cycle started", "lost", "lost to follow-up", "died")} == {
        "cycle started": "CycleStarted",
        "lost": "Lost",
        "lost to follow-up": "LostToFollowUp",
        "died": "Died",
    }
    assert set(words.values()) <= set(every.__all__)


def test_an_event_is_read_and_written_back() -> None:
    text = "{on: 2026-03-16, at: 09:30, event: given, treatment: infusion, n: 2, amount: 120 mg, by: Dr Example}"
    event = parse_event(read_yaml(text, name="record"))
    assert event == Given(on=date(2026, 3, 16), at="09:30", treatment="infusion", n=2, amount="120 mg", by="Dr Example")
    assert dump_event(event) == {
        "on": "2026-03-16",
        "event": "given",
        "at": "09:30",
        "by": "Dr Example",
        "treatment": "infusion",
        "n": 2,
        "amount": "120 mg",
    }


def test_a_correction_carries_a_whole_event() -> None:
    record: dict[str, Any] = {
        "on": "2026-03-17",
        "event": "corrected",
        "number": 4,
        "reason": "wrong day",
        "with": {"on": "2026-03-15", "event": "withdrew", "from": "visits"},
    }
    event = parse_event(record)
    assert event == Corrected(
        on=date(2026, 3, 17), number=4, reason="wrong day", with_=Withdrew(on=date(2026, 3, 15), from_="visits")
    )
    assert dump_event(event) == record
    assert canonical_text(event) == (
        '{"event":"corrected","number":4,"on":"2026-03-17","reason":"wrong day",'
        '"with":{"event":"withdrew","from":"visits","on":"2026-03-15"}}'
    )


def test_numbers_are_exact_and_written_in_plain_digits() -> None:
    event = Measured(on=date(2026, 3, 2), test="ALT", value=Decimal("1E+2"), unit="U/L", upper_limit=Decimal("40.50"))
    assert dump_event(event) == {
        "on": "2026-03-02",
        "event": "measured",
        "test": "ALT",
        "value": "100",
        "unit": "U/L",
        "upper_limit": "40.50",
    }
    assert parse_event(dump_event(event)) == event


@pytest.mark.parametrize(
    ("written", "read"), [(True, True), (72, Decimal(72)), ("72.5", Decimal("72.5")), ("yes", "yes")]
)
def test_an_attribute_is_a_yes_a_number_or_words(written: bool | int | str, read: object) -> None:
    event = parse_event({"on": "2026-03-02", "event": "attribute", "name": "liver tumour", "value": written})
    assert isinstance(event, Attribute)
    assert (event.value, type(event.value)) == (read, type(read))


def test_what_is_recorded_without_a_time_is_recorded_at_the_start_of_its_day() -> None:
    early = parse_event({"on": "2026-03-02", "event": "screened"})
    late = parse_event({"on": "2026-03-02", "event": "screened", "recorded": "2026-03-04T08:15:30Z"})
    assert early.recorded_at == datetime(2026, 3, 2, tzinfo=UTC)
    assert late.recorded_at == datetime(2026, 3, 4, 8, 15, 30, tzinfo=UTC)
    assert dump_event(late)["recorded"] == "2026-03-04T08:15:30Z"


def test_a_planned_first_dose_is_on_its_own_day_unless_it_says_another() -> None:
    assert FirstDosePlanned(on=date(2026, 3, 2)).day == date(2026, 3, 2)
    assert FirstDosePlanned(on=date(2026, 2, 27), to=date(2026, 3, 2)).day == date(2026, 3, 2)


def test_a_delay_is_of_a_cycle_or_of_a_dose() -> None:
    assert Delayed(on=date(2026, 3, 2), treatment="tablets", cycle=3, until=date(2026, 3, 9)).number == 3
    assert Delayed(on=date(2026, 3, 2), treatment="infusion", n=4, until=date(2026, 3, 9)).number == 4


def test_lists_are_kept_as_tuples() -> None:
    seen = UnscheduledVisit(on=date(2026, 3, 2), activities=["ECG"])  # type: ignore[arg-type]
    assert seen.activities == ("ECG",)
    assert hash(seen) == hash(UnscheduledVisit(on=date(2026, 3, 2), activities=("ECG",)))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("80 mg", (Decimal(80), "mg")),
        ("2.50 Gy", (Decimal("2.50"), "Gy")),
        ("75 mg/m2", (Decimal(75), "mg/m2")),
        ("28µg", (Decimal(28), "µg")),
    ],
)
def test_an_amount_has_a_number_and_a_unit(text: str, amount: tuple[Decimal, str]) -> None:
    assert parse_amount(text) == amount


@pytest.mark.parametrize("text", ["80", "mg", "-80 mg", "080 mg", "8e1 mg", "80 mg\n", "1,5 mg", "٨٠ mg", ""])
def test_what_is_not_an_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an amount with a unit"):
        parse_amount(text)


FAULTS = {
    "an event that does not exist": (
        "{on: 2026-03-02, event: gven}",
        ("not-one-of", "did you mean 'given'?", 1, 25),
    ),
    "no event": ("{on: 2026-03-02}", ("missing-key", None, 1, 1)),
    "no date": (
        "{event: screened}",
        (
            "missing-key",
            "The day on which it happened or from which it holds, by the site's calendar: YYYY-MM-DD.",
            1,
            1,
        ),
    ),
    "no such day": (
        "{on: 2026-02-30, event: screened}",
        ("not-a-date", "write it as YYYY-MM-DD, such as 2026-03-02", 1, 6),
    ),
    "a time that is none": (
        "{on: 2026-03-02, at: 24:00, event: screened}",
        ("not-a-time", "write hours and minutes of the site's clock, such as '08:30'", 1, 22),
    ),
    "a moment without a zone": (
        "{on: 2026-03-02, recorded: 2026-03-02T08:00, event: screened}",
        ("not-a-moment", "write it in UTC with a Z at the end, such as 2026-03-02T08:15:00Z", 1, 28),
    ),
    "a moment that is none": (
        "{on: 2026-03-02, recorded: '2026-03-02T25:00Z', event: screened}",
        ("not-a-moment", "write it in UTC with a Z at the end, such as 2026-03-02T08:15:00Z", 1, 28),
    ),
    "a key of another event": (
        "{on: 2026-03-02, event: given, treatment: a, n: 1, cycle: 1}",
        ("unknown-key", None, 1, 52),
    ),
    "dose zero": (
        "{on: 2026-03-02, event: given, treatment: a, n: 0}",
        ("out-of-range", "it must be at least 1", 1, 49),
    ),
    "grade 6": (
        "{on: 2026-03-02, event: regraded, ae: 1, grade: 6}",
        ("unknown-grade", "grades are 1 to 5; 'resolved' ends an event", 1, 49),
    ),
    "grade 0, which CTCAE does not have": (
        "{on: 2026-03-02, event: adverse event, ae: 1, grade: 0, term: Rash}",
        (
            "unknown-grade",
            "an adverse event that is over is recorded as 'resolved', without a grade: {on: ..., event: resolved, ae: ...}",
            1,
            54,
        ),
    ),
    "a dose without its unit": (
        "{on: 2026-03-02, event: dose changed, treatment: a, level: -1, dose: '80'}",
        ("not-a-dose", "write the amount and its unit, such as 80 mg", 1, 70),
    ),
    "a level without its dose": (
        "{on: 2026-03-02, event: resumed, treatment: a, level: -1}",
        (
            "level-without-dose",
            "write both, such as 'level: -1' and 'dose: 80 mg', or neither to go on as before",
            1,
            1,
        ),
    ),
    "a dose without its level": (
        "{on: 2026-03-02, event: resumed, treatment: a, dose: 80 mg}",
        (
            "level-without-dose",
            "write both, such as 'level: -1' and 'dose: 80 mg', or neither to go on as before",
            1,
            1,
        ),
    ),
    "a delay of nothing": (
        "{on: 2026-03-02, event: delayed, treatment: a, until: 2026-03-03}",
        ("which-delayed", "write 'cycle: 3' or, for doses, 'n: 3'", 1, 1),
    ),
    "a delay of a cycle and a dose": (
        "{on: 2026-03-02, event: delayed, treatment: a, cycle: 1, n: 1, until: 2026-03-03}",
        ("which-delayed", "write 'cycle: 3' or, for doses, 'n: 3'", 1, 1),
    ),
    "days in the wrong order": (
        "{on: 2026-03-09, event: not taken, treatment: a, from: 2026-03-08, to: 2026-03-07}",
        ("days-reversed", "'from' is the first day and 'to' the last, both included", 1, 1),
    ),
    "an assessment of other criteria": (
        "{on: 2026-03-02, event: response, criteria: iRECIST, assessment: UPD}",
        ("not-one-of", "did you mean 'iUPD'?", 1, 1),
    ),
    "criteria that do not exist": (
        "{on: 2026-03-02, event: response, criteria: RECIST v1.1, assessment: PD}",
        ("not-one-of", "did you mean 'RECIST 1.1'?", 1, 1),
    ),
    "a correction without a reason": (
        "{on: 2026-03-02, event: struck, number: 1}",
        ("missing-key", "Why the record is put right, in staff's words.", 1, 1),
    ),
    "a correction with a correction": (
        "{on: 2026-03-02, event: corrected, number: 1, reason: a, with: {on: 2026-03-02, event: struck}}",
        ("not-one-of", None, 1, 88),
    ),
    "nothing where words are needed": (
        "{on: 2026-03-02, event: screened, by: ' '}",
        ("empty-text", "write it, or remove the key", 1, 39),
    ),
}


@pytest.mark.parametrize(("text", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_has_its_place_and_what_to_do(text: str, expected: tuple[str, str | None, int, int]) -> None:
    with pytest.raises(InvalidText) as refused:
        parse_event(read_yaml(text, name="log.yaml"))
    (finding,) = refused.value.findings
    code, hint, line, column = expected
    assert (finding.code, finding.place) == (code, Place("log.yaml", line, column))
    if hint is not None:
        assert finding.hint == hint


def test_plain_data_has_no_places() -> None:
    with pytest.raises(InvalidText) as refused:
        parse_event({"on": "2026-03-02", "event": "unscheduled visit", "activities": ["ECG", "\u202e"]}, "a record")
    assert [(finding.code, finding.place) for finding in refused.value.findings] == [("bad-character", None)]


def test_other_criteria_may_be_used() -> None:
    event = parse_event({"on": "2026-03-02", "event": "response", "criteria": "Lugano", "assessment": "CMR"})
    assert dump_event(event)["assessment"] == "CMR"


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=20).filter(
    lambda text: bool(text.strip())
)
NUMBERS = st.decimals(0, 10**6, places=2)
COUNTS = st.integers(1, 50)
DOSES = st.builds(lambda number: f"{number:f} mg", NUMBERS)
TIMES = st.times().map(lambda time: f"{time:%H:%M}")
SPECIAL: dict[str, st.SearchStrategy[Any]] = {
    "at": TIMES,
    "recorded": st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    "to": DAYS.map(lambda day: day.replace(year=day.year + 20)),
    "grade": st.integers(1, 5),
    "level": st.integers(-3, 0),
    "dose": DOSES,
    "amount": DOSES,
    "strength": DOSES,
    "value": NUMBERS,
    "per_fraction": NUMBERS,
    "upper_limit": NUMBERS,
    "related": st.lists(WORDS).map(tuple),
    "activities": st.lists(WORDS).map(tuple),
    "not_done": st.lists(WORDS, min_size=1, max_size=3).map(tuple),
    "born": DAYS.map(lambda day: day.replace(year=day.year - 40)),
    "from": DAYS,
    "on": DAYS,
    "onset": DAYS,
    "until": DAYS,
    "expires": DAYS,
    "found": DAYS,
    "reported": DAYS,
    "serious": st.booleans(),
    "emergency": st.booleans(),
    "beyond": st.sampled_from(["<", ">"]),
    "size": st.sampled_from(["major", "minor"]),
    "whose": st.sampled_from(["subject", "partner"]),
    "importance": st.sampled_from(["important", "not important"]),
    "cause": st.sampled_from(["patient", "site"]),
    "route": st.sampled_from(["oral", "topical"]),
    "today_taken": st.booleans(),
    "fractions": st.integers(1, 3),
    "answered": COUNTS,
    "times": st.lists(TIMES, max_size=4, unique=True).map(lambda times: tuple(sorted(times))),
} | dict.fromkeys(("cycle", "n", "day", "number", "ae", "quantity"), COUNTS)


def _made(kind: type[Event]) -> st.SearchStrategy[Event]:
    fields = {field.alias or name: field for name, field in kind.model_fields.items() if name != "event"}
    values = {name: SPECIAL.get(name, WORDS) for name in fields}
    # One amount, or one for each course, and one time, or all of them: not both.
    # A second number is one of a blood pressure alone.
    left_out = {
        Delayed: {"cycle"},
        every.Given: {"amounts"},
        every.Taken: {"at"},
        every.Measured: {"second"},
    }.get(kind, set())
    if kind is Withdrew:
        values["from"] = st.sampled_from(["treatment", "visits", "all"])
    if kind is Corrected:
        values["with"] = st.one_of([_made(fact) for fact in typing.get_args(every.AnyFact)])
    if kind is every.SurgeryPlanned:
        values["day"] = DAYS
    both = {"level", "dose"} if kind is every.Resumed else {"unit"} if kind is every.Measured else set()
    needed = (
        {name for name, field in fields.items() if field.is_required()} | both | ({"n"} if kind is Delayed else set())
    )
    required = {name: values[name] for name in needed}
    optional = {name: values[name] for name in fields if name not in needed | left_out}
    return st.fixed_dictionaries(required, optional=optional).map(lambda data: kind(**data))


@given(st.one_of([_made(kind) for kind in KINDS]))
def test_what_is_written_out_is_read_back_the_same(event: Event) -> None:
    assert parse_event(dump_event(event)) == event
    assert canonical_text(parse_event(dump_event(event))) == canonical_text(event)
