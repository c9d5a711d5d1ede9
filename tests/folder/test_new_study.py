"""``scheduler new``: what is written from a line is a whole study, and says itself what the line did not."""

from __future__ import annotations

import re
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from scheduler.cli.app import app
from scheduler.findings import Severity
from scheduler.folder.checking import check_files
from scheduler.folder.founding import found_study
from scheduler.folder.planning import read_plan
from scheduler.folder.stories import run_stories
from tests.cli.typed import typed
from tests.laws.examples import examples

LINE = "regorafenib 120 mg days 1-21 every 28 days; toripalimab 240 mg iv every 21 days; radiotherapy 5 fractions from day 22"
FIRST_DOSE = date(2026, 3, 2)


@st.composite
def treatments(draw: st.DrawFn, name: str) -> tuple[str, dict[str, object]]:
    """One treatment as people say it, its pieces in any order, and what it means."""
    start = 1 if name == "alpha" else draw(st.integers(1, 60))
    if draw(st.integers(0, 4)) == 0:
        count = draw(st.integers(1, 35))
        pieces = [f"{count} fractions", *draw(st.sampled_from([[], ["2 Gy"], ["1.8 Gy"]]))]
        told: dict[str, object] = {"start": start, "count": count, "every": None}
    else:
        weeks = draw(st.integers(1, 8))
        last = draw(st.sampled_from([1, 1, 5, 7 * weeks - 2]))
        amount = draw(st.sampled_from(["10 mg", "2.5 mg", "85 mg/m2", "6 mg/kg", "AUC 5", "300 mcg"]))
        route = draw(st.sampled_from(["", "iv", "by mouth", "sc", "po", "intravenously"]))
        often = draw(st.sampled_from(["", "once daily", "twice daily"])) if route in ("by mouth", "po") else ""
        days = f"days 1-{last}" if last > 1 else ""
        most = draw(st.sampled_from([None, 1, 4, 12]))
        said_for = draw(st.sampled_from(["", "for "]))
        pieces = [
            amount,
            route,
            often,
            days,
            f"every {7 * weeks} days",
            f"{said_for}{most} cycles" if most else "",
        ]
        told = {"start": start, "count": most, "every": 7 * weeks}
    pieces += [f"from day {start}"] if start > 1 else []
    order = draw(st.permutations([piece for piece in pieces if piece]))
    return " ".join([name, *order]), told


@st.composite
def summaries(draw: st.DrawFn) -> tuple[str, dict[str, dict[str, object]]]:
    names = ("alpha", "beta-2", "Gamma")[: draw(st.integers(1, 3))]
    said = [draw(treatments(name)) for name in names]
    return "; ".join(text for text, _ in said), {name: told for name, (_, told) in zip(names, said, strict=True)}


def open_day(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


@settings(max_examples=examples(40), deadline=None, derandomize=True)
@given(summaries())
@pytest.mark.slow
def test_law_every_summary_becomes_a_study_that_checks_plans_and_tells_its_own_story(
    said: tuple[str, dict[str, dict[str, object]]],
):
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
            dates = [entry.date for entry in calendar.entries if entry.timeline == name]
            assert dates == days_by_hand(means), summary


def days_by_hand(means: dict[str, object]) -> list[date]:
    """First day, and every so many days after; a fraction on each weekday; up to the number, or to the year's end."""
    day = open_day(FIRST_DOSE + timedelta(days=int(str(means["start"])) - 1))
    found: list[date] = []
    while day <= date(2026, 12, 31) and (means["count"] is None or len(found) < int(str(means["count"]))):
        found.append(day)
        day = open_day(day + timedelta(days=int(str(means["every"])) if means["every"] else 1))
    return found


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
            "summary:1:13: error: '120mg' does not follow 'regorafenib' (write: 120 mg)",
        ),
        (
            "durvalumab 10 mg/kg iv every 14 days up to 12 months",
            "summary:1:38: error: until when is not said here (leave it out: the file asks for it)",
        ),
        (
            "durvalumab 10 mg/kg iv every 14 days for 12 months",
            "summary:1:45: error: until when is not said here (leave it out: the file asks for it)",
        ),
        (
            "regorafenib 120 mg days 1-21",
            "how often regorafenib is given is not said (write 'every 28 days', or 'once')",
        ),
        ("regorafenib every 28 days", "how much regorafenib is not said"),
        ("regorafenib 120 mgs every 28 days", "(write: mg)"),
        ("regorafenib 120 mg d1-21 every 28 days", "(write: on days 1-21)"),
        ("regorafenib 120 mg i.v. every 28 days", "(write: intravenously)"),
        ("nab paclitaxel 125 mg/m2 every 28 days", "a name is one word: write nab-paclitaxel"),
        ("a 10 mg days 1-30 every 28 days", "day 30 lies after the 28 days of the cycle"),
        ("a 10 mg every 28 days every 21 days", "was said otherwise before"),
        ("a 10 mg 20 mg every 28 days", "was said otherwise before"),
        ("a 10 mg every 28 days from day 8", "nothing is given on day 1"),
        ("a 10 mg every 28 days; a 5 mg every 7 days", "there are two treatments called a"),
        ("a 10 mg every 2 months", "has no fixed number of days"),
        ("a 10 mg days 8-21 every 28 days", "a cycle begins with the first dosing day"),
        ("a 0 mg every 28 days", "an amount is more than 0"),
        ("a 5 fractions every 7 days", "a course of fractions has a number and a start, and nothing else"),
        ("a 10 mg every 28 days; ", "expected the name of a treatment"),
        ("cycle 10 mg every 28 days", "error:"),
    ],
)
def test_what_cannot_be_understood_is_a_finding_and_nothing_is_written(line: str, finding: str, tmp_path: Path):
    answer = typed("new", tmp_path / "study", "--from", line)
    assert (answer.code, answer.out) == (1, "")
    assert finding in answer.err
    assert not (tmp_path / "study").exists()


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
    monkeypatch.setattr("scheduler.cli.new.at_a_terminal", lambda: True)
    answers = [
        "regorafenib 120mg every 28 days",
        "regorafenib 120 mg days 1-21 every 28 days",
        "b 5 fractions from day 22",
        "",
    ]
    typed_in = "\n".join([*answers, "TRIAL", "Asia/Shanghai", "CN", ""])
    result = CliRunner().invoke(app, ["new", str(tmp_path / "study")], input=typed_in)
    assert result.exit_code == 0
    assert "(write: 120 mg)" in result.stderr
    text = (tmp_path / "study" / "protocol.yaml").read_text("utf-8")
    assert "study: TRIAL\n" in text
    assert "# Begun from: regorafenib 120 mg days 1-21 every 28 days; b 5 fractions from day 22\n" in text
    assert "zone: Asia/Shanghai" in (tmp_path / "study" / "site.yaml").read_text("utf-8")
