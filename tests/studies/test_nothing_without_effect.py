"""Every key of a treatment beside every kind of treatment: it changes a calendar, or `check` says that it has no effect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.errors import InvalidText
from scheduler.findings import Finding, has_errors
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.text.protocol_text import TreatmentText
from tests.dosing.story import told
from tests.laws.examples import one_in
from tests.studies.telling import WEEKDAYS

FRACTION = "{1: on first dose, then: at least 1 day after the previous fraction}"
EVERY_3_WEEKS = "{1: on first dose, then: 21 days after the previous dose}"
KINDS = {
    "tablets": ("{1: on first dose, then: 28 days after the previous cycle}", "80 mg once daily by mouth on days 1-21"),
    "doses": (EVERY_3_WEEKS, "240 mg intravenously"),
    "doses per kg in a window": (EVERY_3_WEEKS.replace("21 days", "21 days ±3"), "3 mg/kg intravenously"),
    "dose steps": (
        "{1: on first dose, 2: 3 days after dose 1, then: 7 days after the previous dose}",
        "[6 mg subcutaneously of dose 1, 30 mg subcutaneously of doses 2 and later]",
    ),
    "fractions": (FRACTION, "2 Gy"),
    "prescribed fractions": (FRACTION, "prescribed per lesion"),
    "one dose": ("on Study Day 5", "500 mg intravenously"),
    "a grid": ("every 14 days from first dose", "240 mg intravenously"),
    "what follows": ("on every other dose", "4 mg intravenously"),
    "what follows days": ("on every other day 1, 8, 15", "50 mg/m2 intravenously"),
    "a range": (EVERY_3_WEEKS, "100-200 mg intravenously"),
    "an infusion of days": (
        "{1: on first dose, then: 42 days after the previous cycle}",
        "28 mcg daily by continuous infusion on days 1-28",
    ),
}
"""When and what is given. That a later open day is taken is so for each of them where nothing else is said."""

KEYS = {
    "kind": ("supportive medicine",),
    "given": ("before randomisation",),
    "until": ("progression",),
    "open": ("any day",),
    "if closed": ("nearest", "earlier"),
    "together with": ("other",),
    "held days": ("made up",),
    "long hold": ("after more than 7 days, a new cycle", "after more than 7 days, a new cycle from a chosen day"),
    "restart": ("more than 7 days after any dose, again from dose 1",),
    "only if": ("anaemia", "no anaemia"),
    "goes on when": ("ANC at least 1.5 G/L, values within 3 days, from dose 1 on",),
    "not done": ("moves to the next open day",),
    "made up": ("on a Saturday",),
    "hold at most": ("5 days",),
    "gap at most": ("9 days",),
    "delay at most": ("3 days",),
    "start by": ("2026-03-03",),
    "finish within": ("20 days",),
    "body surface": ("Mosteller",),
    "weight": ("baseline",),
    "clearance": ("at most 60 mL/min",),
    "dose by": ('"weight above 70 kg in force: half the dose"', '"weight up to 80 kg at first dose: 1 {unit}"'),
    "round to": ("9 {unit}",),
    "at most": ("1 {unit} a dose",),
    "at most in total": ("3 {unit}",),
}
SAID_ELSEWHERE = {"title", "titles", "arms", "when", "give", "levels"}
"""Names, and what is given to whom when: nothing is planned without it, or `check_levels` looks at it."""

NO_EFFECT = {"without-effect", "not-needed"}
BEGINNING = """
2026-02-27 randomised, arm: all
2026-02-27 attribute, name: weight, value: 71
2026-02-27 attribute, name: height, value: 171
2026-02-28 prescribed, treatment: drug, course: drug, per_fraction: 8, unit: Gy
"""
HELD = "held, treatment: drug, reason: fever"
CASES = [(kind, key, value) for kind in KINDS for key, values in KEYS.items() for value in values]


def test_every_key_of_a_treatment_is_looked_at() -> None:
    keys = {field.alias or name for name, field in TreatmentText.model_fields.items()}
    assert keys == set(KEYS) | SAID_ELSEWHERE


@pytest.mark.parametrize(
    ("kind", "key", "value"), one_in(3, [pytest.param(*case, id="-".join(case)) for case in CASES])
)
def test_a_key_has_an_effect_or_is_a_finding(kind: str, key: str, value: str) -> None:
    unit = "mcg" if "mcg" in KINDS[kind][1] else "Gy" if "fractions" in kind else "mg"
    with_key = protocol(kind, f"    {key}: {value.format(unit=unit)}\n")
    new = findings_of(with_key)
    if has_errors(new):
        return
    stories = range(len(list(stories_of(kind))))
    changes = any(facts(kind, with_key, story) != facts(kind, protocol(kind), story) for story in stories)
    said = [each.code for each in new if each.code in NO_EFFECT]
    assert (changes, said) in ((True, []), *((False, [code]) for code in NO_EFFECT))


def findings_of(text: str) -> tuple[Finding, ...]:
    try:
        return parse_protocol(text, name="p")[1]
    except InvalidText as refused:
        return refused.findings


def protocol(kind: str, more: str = "") -> str:
    when, give = KINDS[kind]
    until = "" if more.startswith("    until") or "every other" in when else "    until: at most 6 doses\n"
    until = until if "{" in when or "every" in when else ""
    opened = "" if more.startswith("    open") else "    open: infusion\n"
    return f"""study: KINDS
version: "1.0"
title: One treatment beside another
arms: {{all: everybody}}
study days: first dose is Day 1
attributes: {{anaemia: Anaemia at enrolment}}
treatments:
  other: {{when: {EVERY_3_WEEKS}, until: at most 6 doses, open: any day, give: 1 mg intravenously}}
  drug:
    when: {when}
    give: {give}
{until}{opened}{more}visits:
  safety: 30 days after the last dose
"""


OTHER = "2026-03-02 given, treatment: other, n: 1\n"


def stories_of(kind: str) -> Iterator[str]:
    """Patients to whom each key could matter: late, held, missed, put off, heavier, on other weekdays."""
    when, give = KINDS[kind]

    def begun(n: int, day: str) -> str:
        if " on days " in give:
            return f"{day} cycle started, treatment: drug, cycle: {n}\n"
        return f"{day} given, treatment: drug, n: {n}{', day: 1' if ' day 1, ' in when else ''}\n"

    first, heavier = begun(1, "2026-03-02"), "2026-03-03 attribute, name: weight, value: 93\n"
    second = "drug.2.1" if " day 1, " in when else "drug.2"
    yield first
    yield "2026-02-28 first dose planned, to: 2026-03-05\n"
    yield "2026-02-28 first dose planned, to: 2026-03-07\n"
    yield OTHER + begun(1, "2026-03-06")
    yield heavier + begun(1, "2026-03-05") + begun(2, "2026-05-05")
    yield first + heavier + begun(2, "2026-05-05")
    yield first + f"2026-03-04 {HELD}\n2026-04-20 resumed, treatment: drug\n"
    yield first + f"2026-03-04 {HELD}\n2026-03-11 resumed, treatment: drug\n" + begun(2, "2026-04-28")
    yield f"{OTHER}2026-03-04 {HELD}\n2026-03-20 resumed, treatment: drug\n"
    yield first + f"2026-03-04 not done, entry: {second}, reason: fever\n"
    yield (
        first + "2026-03-03 delayed, treatment: drug, n: 2, until: 2026-04-22, reason: fever\n" + begun(2, "2026-04-22")
    )
    yield (
        first
        + "2026-03-03 delayed, treatment: drug, cycle: 2, until: 2026-04-22, reason: fever\n"
        + begun(2, "2026-04-22")
    )
    yield OTHER + "2026-03-03 delayed, treatment: drug, n: 1, until: 2026-03-12, reason: fever\n"
    yield "".join(begun(n, f"2026-03-{day:02}") for n, day in enumerate((2, 3, 4, 5, 6, 9, 10, 11, 12, 20), 1))
    yield first + "2026-03-10 progressed\n"
    yield OTHER + "2026-03-04 progressed\n"
    yield "2026-02-28 first dose planned, to: 2026-03-03\n"


@cache
def facts(kind: str, text: str, story: int) -> tuple[object, ...]:
    """All that a calendar and its deviations say of one patient."""
    version = parse_protocol(text, name="p")[0]
    log = told(BEGINNING + list(stories_of(kind))[story])
    found = calendar_of(version, WEEKDAYS, log, until=date(2026, 5, 31))
    entries = [(each.id, each.date, each.doses, each.status, each.window, each.flags) for each in found.entries]
    runs = [run[:6] for each in found.entries for run in each.runs]
    deviations = deviations_of(version, WEEKDAYS, log, on=date(2026, 5, 31), calendar=found)
    return (
        entries,
        runs,
        [each.id for each in found.pending],
        codes(found.findings),
        [str(each.kind) for each in deviations],
    )


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str | None]]:
    return [(each.code, each.entry) for each in findings]
