"""``scheduler new``: what is written from a line is a whole study, and says itself what the line did not."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from scheduler.calendar.entries.entry import Entry, Status
from scheduler.cli.app import app
from scheduler.errors import InvalidText
from scheduler.findings import Severity
from scheduler.folder.founding.new_study import found_study
from scheduler.folder.trying.checking import check_files
from scheduler.folder.trying.planning import read_plan
from scheduler.folder.trying.stories import run_stories
from tests.cli.typed import typed
from tests.laws.examples import examples

LINE = "regorafenib 120 mg days 1-21 every 28 days; toripalimab 240 mg iv every 21 days; radiotherapy 5 fractions from day 22"
FIRST_DOSE = date(2026, 3, 2)


Stretch: TypeAlias = tuple[int, int, Decimal | None]
"""Dosing days of a cycle, the first and the last, and the amount where it is to be compared."""


@dataclass
class Told:
    """What a treatment of a line means: its cycles by how many days, how many, before which day, and what each cycle has."""

    start: int = 1
    every: int | None = None
    most: int | None = None
    before: date | None = None
    days: list[Stretch] = field(default_factory=lambda: [(1, 1, None)])
    at: list[date] = field(default_factory=list)
    moves: Callable[[date], date] = lambda day: day


def in_any_order(draw: st.DrawFn, *pieces: str) -> str:
    """The pieces as people say them, with a comma here and there."""
    order = draw(st.permutations([piece for piece in pieces if piece]))
    return draw(st.sampled_from([" ", ", "])).join(order)


@st.composite
def treatments(draw: st.DrawFn, name: str) -> tuple[str, Told]:
    """One treatment as people say it, its pieces in any order, and what it means."""
    start = 1 if name == "alpha" else draw(st.integers(1, 60))
    since = f"from day {start}" if start > 1 else ""
    kind = draw(st.sampled_from(["fractions", "cycle", "cycle", "cycle", "at", *(["daily"] if start == 1 else [])]))
    if kind == "daily":
        months = draw(st.sampled_from([None, 1, 5]))
        pieces = in_any_order(draw, "10 mg once daily", "po", f"up to {months} months" if months else "")
        return f"{name} {pieces}", Told(every=1, before=date(2026, 3 + months, 2) if months else None)
    if kind == "fractions":
        count = draw(st.integers(1, 35))
        pieces = in_any_order(draw, f"{count} fractions", draw(st.sampled_from(["", "2 Gy", "1.8 Gy"])), since)
        return f"{name} {pieces}", Told(start, None, count, moves=later)
    if kind == "at":
        at, told = draw(doses_at(start))
        pieces = in_any_order(draw, draw(st.sampled_from(["0.5 mL im", "5 mg/kg", "im 10 mcg"])), at, since)
        return f"{name} {pieces}", told
    weeks = draw(st.integers(1, 8))
    dose, days = draw(doses(7 * weeks))
    length, most, before = draw(lengths() if start == 1 else st.just(("", None, None)))
    route = draw(st.sampled_from(["", "iv", "by mouth", "sc", "po", "intravenously"]))
    pieces = in_any_order(draw, dose, route, draw(cycle_of(weeks)), length, since)
    return f"{name} {pieces}", Told(start, 7 * weeks, most, before, days)


@st.composite
def doses(draw: st.DrawFn, cycle: int, first: int = 1) -> tuple[str, list[Stretch]]:
    """One dose, two blocks of days, or steps; and each stretch of days with its amount, None where the unit is no plain one."""
    amount = draw(st.sampled_from(["10 mg", "2.5 mg", "85 mg/m2", "6 mg/kg", "AUC 5", "300 mcg"]))
    often = draw(st.sampled_from(["", "once daily", "twice daily", "daily"]))
    much = None if "/" in amount or "AUC" in amount else Decimal(amount.split()[0])
    edges = sorted(draw(st.sets(st.integers(first + 1, cycle + 1), max_size=5)))
    stretches = [(day, after - 1) for day, after in pairwise([first, *edges])]
    if not stretches:
        return (amount if first == 1 else f"{amount} on day {first}"), [(first, first, much)]
    if draw(st.booleans()):
        amounts = [Decimal(10 * number) for number in range(1, len(stretches) + 1)]
        steps = [
            f"{each} mg {often if each == 10 else ''} days {a}-{b}"
            for each, (a, b) in zip(amounts, stretches, strict=True)
        ]
        text = draw(st.sampled_from([", ", " and ", ", and "])).join(steps)
        return text, [(a, b, each) for each, (a, b) in zip(amounts, stretches, strict=True)]
    blocks = stretches[::2]
    days = draw(st.sampled_from([", ", " and ", ", and "])).join(str(a) if a == b else f"{a}-{b}" for a, b in blocks)
    return f"{amount} {often} on days {days}", [(a, b, much) for a, b in blocks]


@st.composite
def cycle_of(draw: st.DrawFn, weeks: int) -> str:
    days = 7 * weeks
    unit = "week" if weeks == 1 else "weeks"
    said = [f"every {days} days", f"every {weeks} {unit}", f"of a {days}-day cycle", f"of each {weeks}-week cycle"]
    return draw(st.sampled_from(said))


@st.composite
def lengths(draw: st.DrawFn) -> tuple[str, int | None, date | None]:
    """How long, and what that means: so many cycles, or before a day."""
    most = draw(st.sampled_from([None, 1, 4, 12]))
    months = draw(st.sampled_from([None, None, 1, 5, 9]))
    counted = f"{draw(st.sampled_from(['', 'for ', 'up to ']))}{most} cycles" if most else ""
    if most and draw(st.booleans()):
        # A number that somebody chooses later: nothing beyond the smaller one is planned.
        counted = f"{draw(st.sampled_from(['', 'for ']))}{most} {draw(st.sampled_from(['or', 'to']))} {most + 2} cycles"
    spanned = f"{draw(st.sampled_from(['for ', 'up to ']))}{months} months" if months else ""
    said = in_any_order(draw, counted, spanned, draw(st.sampled_from(["", "until progression"])))
    return said, most, date(2026, 3 + months, 2) if months else None


@st.composite
def doses_at(draw: st.DrawFn, start: int) -> tuple[str, Told]:
    """Doses at months or weeks 0, 1 and 6, and what follows them."""
    unit = draw(st.sampled_from(["months", "weeks"])) if start == 1 else "weeks"
    numbers = sorted(draw(st.sets(st.integers(1, 9), min_size=1, max_size=3)))
    first = later(FIRST_DOSE + timedelta(days=start - 1))
    at = [date(2026, 3 + number, 2) if unit == "months" else first + timedelta(days=7 * number) for number in numbers]
    text = f"at {unit} 0, " + draw(st.sampled_from([", ", " and "])).join(map(str, numbers))
    every = draw(st.sampled_from([None, 4, 8]))
    return text + (f", then every {every} weeks" if every else ""), Told(
        start, 7 * every if every else 0, None, at=at, moves=nearest
    )


@st.composite
def clocks(draw: st.DrawFn, names: tuple[str, ...]) -> tuple[str, dict[str, Told]]:
    """Several treatments in one cycle, the first from day 1 on, any but the last with an end of its own."""
    weeks = draw(st.integers(2, 8))
    length, most, before = draw(lengths())
    said: list[str] = []
    told: dict[str, Told] = {}
    for name in names:
        dose, days = draw(doses(7 * weeks, 1 if name == names[0] else draw(st.sampled_from([1, 8]))))
        own = draw(st.sampled_from([None, 1, 3])) if name != names[-1] else None
        said.append(" ".join([name, dose, draw(st.sampled_from(["", "iv", "po"])), f"for {own} cycles" if own else ""]))
        ends = [each for each in (most, own) if each is not None]
        told[name] = Told(1, 7 * weeks, min(ends, default=None), before, days)
    return f"{' and '.join(said)}, {draw(cycle_of(weeks))} {length}", told


@st.composite
def summaries(draw: st.DrawFn) -> tuple[str, dict[str, Told]]:
    names = ("alpha", "beta-2", "Gamma")[: draw(st.integers(1, 3))]
    together = draw(st.sampled_from([0, 0, 2, 3]))
    said: list[str] = []
    told: dict[str, Told] = {}
    if together and len(names) >= together:
        text, told = draw(clocks(names[:together]))
        said, names = [text], names[together:]
    for name in names:
        text, told[name] = draw(treatments(name))
        said.append(text)
    return "; ".join(said), told


def later(day: date) -> date:
    """The day itself, or Monday."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def nearest(day: date) -> date:
    """The day itself; Friday for Saturday, Monday for Sunday."""
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


@settings(max_examples=examples(60), deadline=None, derandomize=True)
@given(summaries())
@pytest.mark.slow
def test_law_every_summary_becomes_a_study_that_checks_plans_and_tells_its_own_story(said: tuple[str, dict[str, Told]]):
    summary, told = said
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder) / "study"
        found_study(study, summary)
        checked = check_files([study])
        assert [str(each) for each in checked.findings if each.severity is Severity.ERROR] == []
        assert run_stories(study).passed
        planned = read_plan(study / "protocol.yaml", study / "site.yaml")
        calendar = planned.patient("treatment", FIRST_DOSE).calendar(date(2026, 12, 31))
        for name, means in told.items():
            given = [each for entry in calendar.entries if entry.timeline == name for each in days_given(entry)]
            by_hand = days_by_hand(means)
            assert [day for day, _ in given] == [day for day, _ in by_hand], summary
            assert [much for (_, much), (_, told) in zip(given, by_hand, strict=True) if told] == [
                m for _, m in by_hand if m
            ]


def days_given(entry: Entry) -> Iterator[tuple[date | None, Decimal | None]]:
    """Each dosing day that the calendar has, and how much."""
    if not entry.runs and entry.status is not Status.CANCELLED:
        yield entry.date, entry.dose.amount if entry.dose is not None else None
    for run in (run for run in entry.runs if run.status is not Status.CANCELLED):
        for number in range(run.last_day - run.first_day + 1):
            yield run.first_date + timedelta(days=number), run.doses[0].amount


def days_by_hand(means: Told) -> list[tuple[date, Decimal | None]]:
    """First day, and every so many days after; a fraction on each weekday; up to the number, the end, or the year's end."""
    end = min(means.before or date.max, date(2027, 1, 1))
    begun = [later(FIRST_DOSE + timedelta(days=means.start - 1)), *map(nearest, means.at)]
    step = 1 if means.every is None else means.every
    while step and begun[-1] < end and (means.most is None or len(begun) < means.most):
        begun.append(means.moves(begun[-1] + timedelta(days=step)))
    found = [
        (day + timedelta(days=number - 1), much)
        for day in begun[: means.most]
        for first, last, much in means.days
        for number in range(first, last + 1)
    ]
    return [(day, much) for day, much in found if day < end]


def test_what_the_line_says_is_cited_and_what_it_does_not_say_is_asked(tmp_path: Path):
    assert typed("new", tmp_path / "study", "--from", LINE).code == 0
    text = (tmp_path / "study" / "protocol.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=schemas/protocol.schema.json\n")
    assert (tmp_path / "study" / "schemas" / "protocol.schema.json").is_file()
    questions = re.findall(r'question: "?(.*?)"?\n', text)
    assert [question for question in questions if "regorafenib" in question] == [
        "What does the next cycle of regorafenib count from, and within which days may it be given?",
        "How long is regorafenib given?",
        "How is regorafenib given?",
        "How often a day is regorafenib taken?",
        "What becomes of dosing days of regorafenib in a hold?",
    ]
    assert not [question for question in questions if question == "How is toripalimab given?"]
    sentences = [
        line for line in text.split("assumptions:")[0].splitlines() if re.search(r"[0-9]+ (days|mg|fractions)", line)
    ]
    assert [line for line in sentences[1:] if not re.search(r"\((Q[0-9]+|summary)", line)] == []
    assert [f"Q{number}" for number in range(1, len(questions) + 1) if f"  Q{number}:" not in text] == []
    used = text.split("assumptions:")[0]
    assert [f"Q{n}" for n in range(1, len(questions) + 1) if not re.search(rf"\([^)]*\bQ{n}\b", used)] == []


def test_an_amount_that_is_not_said_is_not_made_up(tmp_path: Path):
    assert typed("new", tmp_path / "study", "--from", LINE).code == 0
    text = (tmp_path / "study" / "protocol.yaml").read_text("utf-8")
    assert "Gy" in text
    assert not re.search(r"[0-9] *Gy", text)
    assert "[no-give]" in typed("check", tmp_path / "study").out


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        (
            "regorafenib 120mg days 1-21 every 28 days",
            "summary:1:13: error: '120mg' does not follow 'regorafenib' (write: regorafenib 120 mg days 1-21 every 28 days)",
        ),
        (
            "regorafenib 120 mg days 1-21",
            "how often regorafenib is given is not said (write 'every 28 days', or 'once')",
        ),
        ("regorafenib every 28 days", "how much regorafenib is not said"),
        ("regorafenib 120 mgs every 28 days", "(write: regorafenib 120 mg every 28 days)"),
        ("regorafenib 120 mg d1-21 every 28 days", "(write: regorafenib 120 mg on days 1-21 every 28 days)"),
        ("regorafenib 120 mg i.v. every 28 days", "(write: regorafenib 120 mg intravenously every 28 days)"),
        ("nab paclitaxel 125 mg/m2 every 28 days", "(write: nab-paclitaxel 125 mg/m2 every 28 days)"),
        ("a 10 mg days 1-30 every 28 days", "day 30 lies after the 28 days of the cycle"),
        ("a 10 mg every 28 days every 21 days", "was said otherwise before"),
        ("a 10 mg 20 mg every 28 days", "was said otherwise before"),
        ("a 10 mg every 28 days from day 8", "nothing is given on day 1"),
        ("a 10 mg every 28 days; a 5 mg every 7 days", "there are two treatments called a"),
        ("a 10 mg days 1-5 every 2 months", "has no fixed number of days"),
        ("a 10 mg days 8-21 every 28 days", "a cycle begins with the first dosing day"),
        ("a 0 mg every 28 days", "an amount is more than 0"),
        ("a 5 fractions every 7 days", "a course of fractions has a number and a start, and nothing else"),
        ("a 10 mg every 28 days; ", "expected the name of a treatment"),
        ("cycle 10 mg every 28 days", "error:"),
        (
            "a 10 mg iv every 21 days until progression or unacceptable toxicity",
            "summary:1:44: error: 'or unacceptable toxicity' is not understood here (write: a 10 mg iv every 21 days until p",
        ),
        (
            "a 10 mg po days 1-14 every 21 days with dose reduction to 5 mg, 4 cycles",
            "summary:1:36: error: 'with dose reduction to 5 mg' is not understood here (leave it out, and write 'levels'",
        ),
        (
            "a 10 mg po days 1-14 then 1 week off, every 21 days",
            ":1:22: error: 'then 1 week off' is not understood here",
        ),
        ("a 10 mg iv every 21 days at bedtime, 4 cycles", "expected months, weeks or days, found 'bedtime'"),
        ("a 10 mg iv every 21 days nightly, 4 cycles", "'nightly' is not understood here (leave it out (what the line"),
        ("a 10 mg iv q3w", "'q3w' is not understood here (write: a 10 mg iv every 3 weeks)"),
        (
            "a 10 mg iv every 21 days max 6 cycles",
            "'max 6 cycles' is not understood here (write: a 10 mg iv every 21 days for 6 cycles)",
        ),
        ("a 10 mg every 21 days for 2 weeks", "(write: on days 1-14, or for the whole treatment: up to 2 weeks)"),
        ("vaccine 0.5 mL im 0, 1, 6 months", "(write: vaccine 0.5 mL im at months 0, 1, 6)"),
        ("vaccine 0.5 mL im 0-1-6 months", "(write: vaccine 0.5 mL im at months 0, 1, 6)"),
        ("vaccine 0.5 mL im at months 1 and 6", "(the first dose is at 0: write: at months 0, 1 and 6)"),
        ("vaccine 0.5 mL im at months 0, 1 and 6 for 3 doses", "has single doses, which are numbered"),
        ("a 10 mg at weeks 0, 2 and 6, every 8 weeks", "after numbered doses comes 'then every'"),
        (
            "a 10 mg iv plus b 20 mg iv every 21 days",
            "'plus b 20 mg' is not understood here (write: a 10 mg iv and b 20 mg iv every 21 days)",
        ),
        (
            "a 10 mg b 20 mg every 21 days",
            "write 'and' before a drug on the same clock, ';' before one with a clock of its",
        ),
        ("a 10 mg every 21 days and b 20 mg every 14 days", "a has a clock of its own (write ';' between treatments"),
        ("a 10 mg and b 20 mg", "how often a and b are given is not said"),
        ("a 10 mg and b 20 mg for 6 cycles every 21 days", "is that the end of all, or of b alone?"),
        ("a 10 mg on day 2 and b 20 mg on day 3 every 21 days", "nothing is given on day 1 of the cycle"),
        ("a 10 mg days 1-7, 20 mg on days 7-14 every 21 days", "two doses of a on day 7"),
        ("a 10 mg days 1-7, 20 mg twice daily days 8-9 every 21 days", "how often a day 10 mg is given is not said"),
        ("a 10 mg every 21 days and", "expected a treatment behind it"),
        ("a 10 mg days 0-21 every 28 days", "summary:1:14: error: a cycle begins with day 1 (count from 1)"),
        (
            "a 10 mg days 1-14 and 10-21 every 28 days",
            "summary:1:23: error: these run backwards or meet (write each once, the first one first)",
        ),
        (
            "a 10 mg then every 28 days",
            "'then' comes after numbered doses (write: at weeks 0, 2 and 6, then every 8 weeks)",
        ),
        ("vaccine 0.5 mL at months 0", "numbered doses are two or more, from the first on"),
        ("vaccine 0.5 mL on days 1-3 at months 0 and 6", "has single doses, which are numbered (leave out the days"),
        ("a 10 mg every 0 days", "every 0 days is never (write: every 28 days)"),
        ("a 10 mg every 28 days for cycles", "expected how many cycles, or how long, found 'cycles' (write: for 6"),
        ("a 10 mg every 28 days up to 6", "expected cycles, doses or months (write: for 6 cycles, or: up to 12"),
        ("a 10 mg every 28 days for 0 cycles", "0 is no number of doses (write a whole number, such as 5)"),
        ("a 10 mg every 28 days for 2.5 cycles", "2.5 is no number of doses (write a whole number, such as 5)"),
        ("a 10 mg every 28 days from day 0", "there is no Day 0 (the first dose is Day 1: write: from day 1, or"),
        ("a 10 mg iv over 2 days every 28 days", "expected minutes or hours, found 'days'"),
        ("a 10 mg/foo every 28 days", "'mg/foo' is not a unit"),
        ("a 10 mg days 1-7, 20 mg every 21 days", "on which days a 20 mg is given is not said"),
        ("a 10 mg and b every 21 days", "how much b is not said"),
        ("a 10 mg every 21 days for 6 or 4 cycles", "the smaller number comes first (write: for 4 or 6 cycles)"),
        ("a 10 mg and b 20 mg for 4 or 6 cycles, every 21 days", "is that the end of all, or of b alone?"),
        (
            "a 10 mg for 4 or 6 cycles and b 20 mg, every 21 days",
            "how many cycles a has is left open, and not those of the",
        ),
        ("a 10 mg and b 20 mg, every 2 months", "a cycle of 2 months has no fixed number of days (write: every 28"),
        ("a 10 mg of dose 1, 20 mg of doses 3 and later every 21 days", "how much dose 2 of a has is not said"),
        ("a 10 mg of dose 0 every 21 days", "doses are numbered from 1 on (write: of dose 1)"),
        ("a 10 mg of dose 1 every 21 days", "after dose 1, how much of a? (write: of doses 1 and later)"),
        ("a 10 mg of dose 1, 20 mg every 21 days", "of which doses a 20 mg is, is not said (write: 8 mg/kg of dose 1"),
        ("a 10 mg once daily for 6 cycles", "of how many days is a cycle of a? (write 'every 28 days' where it has"),
        ("a 10 mg twice weekly every 21 days", "on which days a is given is not said (write the days of the cycle"),
        ("a 61 Gy in 35 fractions", "61 Gy in 35 fractions is no round number each (write: 30 fractions of 2 Gy)"),
        ("a 60 Gy in 30 doses", "expected fractions, found 'doses' (write: 60 Gy in 30 fractions)"),
        ("a 300 mg on days 1-2, then 600 mg every 24 weeks", "(say later doses by number: 300 mg of doses 1-2, 600 mg"),
    ],
)
def test_what_cannot_be_understood_is_a_finding_and_nothing_is_written(line: str, finding: str, tmp_path: Path):
    with pytest.raises(InvalidText) as refused:
        found_study(tmp_path / "study", line)
    assert finding in "\n".join(map(str, refused.value.findings))
    assert not (tmp_path / "study").exists()


def test_several_drugs_on_one_clock_are_in_its_cycles(tmp_path: Path):
    drugs = "oxaliplatin 130 mg/m2 iv on day 1 for 4 cycles and capecitabine 1000 mg/m2 po twice daily on days 1-14"
    line = f"{drugs}, every 3 weeks, up to 12 months"
    assert typed("new", tmp_path / "study", "--from", line).code == 0
    text = (tmp_path / "study" / "protocol.yaml").read_text("utf-8")
    for said in (
        "      then: 3 weeks +3 days after the previous cycle (Q1, summary)\n",
        "    until: before 12 months after first dose (Q2, summary)\n",
        "    when: in regimen cycles 1-4 (summary)\n",
        "    give: 130 mg/m2 intravenously (summary)\n",
        "    when: in every regimen cycle (summary)\n",
        "    give: 1000 mg/m2 twice daily by mouth on days 1-14 (Q3, summary)\n",
    ):
        assert text.count(said) == 1
    assert "counted from when, and is anything given on the last day?" in text


@pytest.mark.parametrize(
    ("piece", "said"),
    [
        ("10 mg, at most 6 cycles, every 21 days", ["    until: at most 6 doses (summary)\n"]),
        (
            "6 doses of 10 mg every 21 days",
            ["    until: at most 6 doses (summary)\n", "    give: 10 mg intravenously (Q2, summary)\n"],
        ),
        ("AUC 5 iv over 90 minutes every 21 days", ["    give: AUC 5 intravenously over 90 minutes (summary)\n"]),
        ("AUC 5-6 iv every 21 days", ["    give: AUC 5-6 prescribed intravenously (summary)\n"]),
        ("12 mg intrathecally every 7 days", ["    give: 12 mg intrathecally (summary)\n"]),
        ("0.5 mg intravitreally every 4 weeks", ["    give: 0.5 mg intravitreally (summary)\n"]),
        ("2 Gy for 5 fractions", ["    until: 5 fractions (summary)\n", "    give: 2 Gy (summary)\n"]),
        (
            "75 mg/m2 every 3 weeks for 4 or 6 doses",
            ["    until: 4 or 6 doses, as the investigator chooses (Q2, summary)\n"],
        ),
        (
            "10 mg iv every 21 days 4-6 doses, up to 5 months",
            [
                '    until: ["4 to 6 doses, as the investigator chooses (Q2, summary)",'
                ' "before 5 months after first dose (Q3, summary)"]\n'
            ],
        ),
        (
            "80 mg once daily, until progression",
            [
                "    when: on first dose (summary)\n    until: progression (summary)\n    open: any day  ",
                "    give: 80 mg once daily by mouth every day (Q1, summary)\n",
            ],
        ),
        ("10 U sc daily", ["    give: 10 U daily subcutaneously every day (Q1, summary)\n"]),
        (
            "8 mg/kg iv of dose 1, 6 mg/kg of doses 2-3, 4 mg/kg of doses 4 and later every 21 days",
            [
                "      - 8 mg/kg intravenously of dose 1 (summary)\n      - 6 mg/kg intravenously of doses 2-3 (summary)\n"
                "      - 4 mg/kg intravenously of doses 4 and later (summary)\n"
            ],
        ),
        ("22.5 mg im every 3 months", ["      then: 3 months ±3 days after the previous dose (Q1, Q2, summary)\n"]),
        ("60 Gy in 30 fractions", ["    until: 30 fractions (summary)\n", "    give: 2 Gy (summary)\n"]),
        (
            "20 mg po twice weekly days 1, 4, 8, 11 every 21 days",
            ["    give: 20 mg twice weekly by mouth on days 1, 4, 8, 11 (Q3, summary)\n"],
        ),
        ("150-200 mg po days 1-5 every 28 days", ["    give: 150-200 mg prescribed once daily by mouth on days 1-5 ("]),
        ("0.5 mL once", ["    when: on first dose (summary)\n", "    give: 0.5 mL intravenously (Q1, summary)\n"]),
    ],
)
def test_what_people_say_besides_is_the_same_in_the_protocol(piece: str, said: list[str], tmp_path: Path):
    found_study(tmp_path / "study", f"a {piece}")
    text = (tmp_path / "study" / "protocol.yaml").read_text("utf-8")
    assert [each for each in said if text.count(each) != 1] == [], text


def test_doses_at_months_are_counted_from_the_first(tmp_path: Path):
    line = "vaccine 0.5 mL intramuscularly at months 0, 1 and 6"
    assert typed("new", tmp_path / "study", "--from", line).code == 0
    text = (tmp_path / "study" / "protocol.yaml").read_text("utf-8")
    assert (
        "      2: 1 month ±3 days after dose 1 (Q1, summary)\n      3: 6 months ±3 days after dose 1 (Q1, summary)\n"
        in text
    )
    story = (tmp_path / "study" / "stories" / "planned.yaml").read_text("utf-8")
    assert "  vaccine.1: 2026-03-02\n  vaccine.2: 2026-04-02\n  vaccine.3: 2026-09-02\n" in story


def test_all_faults_of_a_line_are_told_at_once_each_at_its_column(tmp_path: Path):
    answer = typed("new", tmp_path / "study", "--from", "a 10 mg; b 20mg every 7 days")
    assert [line.split(" error:")[0] for line in answer.err.splitlines()] == ["summary:1:8:", "summary:1:12:"]


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    answer = typed("new", tmp_path, "--from", LINE)
    assert (answer.code, "is not empty" in answer.err) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_site_is_asked_for_too(tmp_path: Path):
    answer = typed(
        "new", tmp_path / "s", "--from", LINE, "--zone", "Europe/Berlin", "--holidays", "DE-BY", "--study", "ONE"
    )
    assert answer.code == 0
    assert "public holidays: DE-BY" in (tmp_path / "s" / "site.yaml").read_text("utf-8")
    assert "study: ONE\n" in (tmp_path / "s" / "protocol.yaml").read_text("utf-8")
    for wrong, said in (("--zone", "Europe/Berlinn"), ("--holidays", "XX"), ("--study", "no/name")):
        refused = typed("new", tmp_path / "t", "--from", LINE, wrong, said)
        assert (refused.code, (tmp_path / "t").exists()) == (1, False)


def test_without_a_line_and_without_a_terminal_it_is_wrong_usage(tmp_path: Path):
    answer = typed("new", tmp_path / "study")
    assert (answer.code, "--from" in answer.err) == (2, True)


def test_at_a_terminal_it_asks_and_asks_again_where_it_did_not_understand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("scheduler.cli.study.new.at_a_terminal", lambda: True)
    answers = [
        "regorafenib 120mg every 28 days",
        "regorafenib 120 mg days 1-21 every 28 days",
        "b 5 fractions from day 22",
        "",
    ]
    typed_in = "\n".join([*answers, "TRIAL", "Asia/Shanghai", "CN", ""])
    result = CliRunner().invoke(app, ["new", str(tmp_path / "study")], input=typed_in)
    assert result.exit_code == 0
    assert "(write: regorafenib 120 mg every 28 days)" in result.stderr
    text = (tmp_path / "study" / "protocol.yaml").read_text("utf-8")
    assert "study: TRIAL\n" in text
    assert "# Begun from: regorafenib 120 mg days 1-21 every 28 days; b 5 fractions from day 22\n" in text
    assert "zone: Asia/Shanghai" in (tmp_path / "study" / "site.yaml").read_text("utf-8")
