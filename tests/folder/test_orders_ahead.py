"""An order that is written down for a day inside a cycle to come: until that day every paper and feed has what holds before it.

Control arm, first tablets on Monday 2 March 2026; cycle 2 is 28 days later, on Monday 30 March, 120 mg on its days 1-21, up to
19 April. On 25 March somebody orders 80 mg from 8 April on, which is day 10 of cycle 2.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scheduler.cli.app import app
from scheduler.folder.feeds import patient_feed, site_feed, subject_of
from scheduler.folder.printing.earlier_prints import listed_since
from scheduler.folder.printing.printed import printed_diary
from scheduler.folder.reading.case import read_case
from scheduler.folder.reading.study import read_study
from scheduler.views.agenda.diary import Diary
from tests.seed import FOLDER

CASE = """protocol: ../protocol.yaml
site: ../site.yaml
subject: CTL-101
events:
  - {on: 2026-02-27, event: randomised, arm: control}
  - {on: 2026-03-02, event: cycle started, treatment: regorafenib, cycle: 1}
  - {on: 2026-04-08, event: dose changed, treatment: regorafenib, level: -1, dose: 80 mg, reason: fatigue, by: Dr Example}
"""
KEY = b"0123456789abcdef0123456789abcdef"
BEFORE, SINCE = date(2026, 3, 25), date(2026, 4, 8)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "patients").mkdir()
    for name in ("protocol.yaml", "site.yaml"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    path = tmp_path / "patients" / "CTL-101.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


def doses_in(feed: bytes) -> dict[str, str]:
    """What a feed in full says of each of three days of the cycle."""
    events = feed.decode().replace("\r\n ", "").split("BEGIN:VEVENT")[1:]
    days = ("20260330", "20260407", "20260408")
    return {
        day: dose
        for day in days
        for dose in ("120 mg", "80 mg")
        for each in events
        if f"DATE:{day}" in each and dose in each
    }


def test_a_patients_feed(case: Path) -> None:
    read = read_case(case)
    feed = patient_feed(read, subject_of(read), KEY, "full", as_of=BEFORE)
    assert doses_in(feed) == {"20260330": "120 mg", "20260407": "120 mg", "20260408": "80 mg"}


def test_the_pharmacys_feed(case: Path) -> None:
    read = read_case(case)
    feed = site_feed([subject_of(read)], "pharmacy", read.site, KEY, BEFORE, "full")
    assert doses_in(feed)["20260330"] == "120 mg"


def test_the_printed_diary(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[Diary] = []

    def keep(now: Diary, *_: object, **__: object) -> bytes:
        printed.append(now)
        return b""

    monkeypatch.setattr("scheduler.folder.printing.printed.diary_as_pdf", keep)
    printed_diary(read_case(case), date(2026, 3, 30), date(2026, 4, 19), "full")
    told = {f"{day.date:%m-%d}": str(day) for day in printed[0].days}
    assert ["120 mg" in told[day] for day in ("03-30", "04-07", "04-08")] == [True, True, False]


def test_the_explanation_of_a_day(case: Path) -> None:
    def doses(*more: str) -> list[str]:
        told = CliRunner().invoke(app, ["explain", str(case), "regorafenib.2", *more]).output
        return [line.strip() for line in told.splitlines() if line.startswith("  Days ")]

    assert doses("--on", "2026-03-25") == [
        "Days 1 to 9, 30 March to 7 April 2026: 120 mg.",
        "Days 10 to 21, 8 to 19 April 2026: 80 mg (level -1).",
    ]
    assert doses() == ["Days 1 to 21, 30 March to 19 April 2026: 80 mg (level -1)."]


@pytest.mark.parametrize("command", [("show",), ("explain", "regorafenib.2")])
def test_who_names_no_day_is_told_that_the_orders_day_is_taken_as_come(case: Path, command: tuple[str, ...]) -> None:
    name, *entry = command

    def said(*more: str) -> list[str]:
        told = CliRunner().invoke(app, [name, str(case), *entry, *more]).output
        return [line for line in told.splitlines() if "as if that day had come" in line]

    assert said("--on", "2026-03-25") == []
    assert said() == [
        "regorafenib.2 goes by the order of 8 Apr 2026, as if that day had come; --on tells how it stands on another day"
    ]


@pytest.mark.parametrize("command", [("show",), ("explain", "regorafenib.2")])
def test_and_a_program_is_told_so_in_the_json(case: Path, command: tuple[str, ...]) -> None:
    name, *entry = command

    def told(*more: str) -> object:
        answer = CliRunner().invoke(app, [name, str(case), *entry, "--format", "json", *more])
        return json.loads(answer.stdout).get("taken_as_come")

    assert told("--on", "2026-03-25") is None
    assert told() == [{"entry": "regorafenib.2", "order": "2026-04-08"}]


def test_the_pharmacys_list_is_that_of_the_day_on_which_it_is_looked_at(case: Path) -> None:
    """120 mg is 3 tablets, on 21 days 63; nobody started the cycle up to 8 April: 80 mg is 2 tablets, on 21 days 42."""
    study = read_study(case.parents[1])

    def handed_out(on: date | None) -> list[str]:
        lines = listed_since(study, date(2026, 3, 30), date(2026, 4, 19), on=on).lines
        return [f"{line.work} {line.units} at {line.dose}" for line in lines if line.entry.startswith("regorafenib.2.")]

    assert handed_out(BEFORE)[0] == handed_out(None)[0] == "dispense 63 at 120"
    assert handed_out(SINCE) == ["dispense 42 at 80"]
