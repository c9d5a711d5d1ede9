"""What is timed by age counts from the date of birth, which nothing says but its own record. Days counted by hand.

Born on Sunday 25 May 2024. 24 months later is Monday 25 May 2026, which is 84 days (12 weeks) after Monday 2 March.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.telling.explain import explain
from scheduler.patient.appending import review
from tests.cli.typed import typed
from tests.dosing.story import told
from tests.studies.telling import calendar, dates, study

INFANTS = Path(__file__).parents[2] / "examples" / "regimens" / "infant-vaccines"
STUDY = study("""
study days: first dose is Day 1
attributes: {age: In years}
treatments:
  spinal:
    when: {1: on first dose, then: 12 weeks after the previous dose}
    until: 6 doses
    give: 15 mg intrathecally
    dose by:
      - "age below 2 years in force: 8 mg"
      - "age at least 2 to below 3 years in force: 10 mg"
      - "age at least 3 years in force: 12 mg"
  start:
    when: {1: on first dose, then: 12 weeks after the previous dose}
    until: 3 doses
    give: 4 mg intravenously
    dose by: ["age below 2 years at first dose: the full dose", "age at least 2 years at first dose: half the dose"]
  booster:
    when: at 2, 3 years of age ±14 days
    give: 0.5 mL intramuscularly
visits:
  school: {when: at 3 years of age, only if: age at least 2 years}
""")
BORN = "2026-02-20 date of birth, born: 2024-05-25\n"  # event 2
GIVEN = "2026-03-02 given, treatment: spinal, n: 1\n2026-03-02 given, treatment: start, n: 1\n"


def of(story: str) -> Calendar:
    return calendar(STUDY, story, until="2027-12-31")


def doses(found: Calendar, name: str) -> list[str]:
    return [str(dose) for each in found.entries if each.timeline == name for dose in each.doses]


def test_each_age_is_an_occurrence_with_its_number() -> None:
    assert [each.date for each in of(BORN + GIVEN).entries if each.timeline == "booster"] == [
        date(2026, 5, 25),
        date(2027, 5, 25),
    ]


def test_a_band_of_ages_changes_on_the_birthday() -> None:
    """Spinal doses are on 2 March, 25 May (the second birthday), 17 August, 9 November 2026, 1 February and 26 April 2027."""
    assert doses(of(BORN + GIVEN), "spinal") == ["8 mg", *["10 mg"] * 5]


def test_an_age_at_the_first_dose_stays() -> None:
    assert doses(of(BORN + GIVEN), "start") == ["4 mg"] * 3


def test_the_date_of_birth_says_more_than_an_age_that_was_recorded() -> None:
    story = "2026-02-20 attribute, name: age, value: 1\n" + BORN + GIVEN
    assert doses(of(story), "spinal")[1] == "10 mg"
    log = told(f"2026-02-27 randomised, arm: all\n{story}")
    reasons = str(explain(of(story), "spinal.2", STUDY, log))
    assert "age 2 years by the date of birth" in reasons
    assert "2024" not in reasons


def test_without_a_date_of_birth_nothing_has_a_day_and_it_is_asked_for() -> None:
    found = of(GIVEN)
    assert dates(found, "booster") == {}
    assert "birth-needed" in {finding.code for finding in found.findings}
    assert "birth-needed" not in {finding.code for finding in of(BORN + GIVEN).findings}


@pytest.mark.parametrize(
    ("story", "code"),
    [
        (BORN + "2026-02-21 date of birth, born: 2024-05-26\n", "born-twice"),
        ("2026-02-20 date of birth, born: 2026-02-21\n", "born-later"),
    ],
)
def test_a_date_of_birth_that_cannot_be_is_told_without_the_day(story: str, code: str) -> None:
    log = told(f"2026-02-27 randomised, arm: all\n{story}")
    found = [each for each in review(STUDY, log) if each.code == code]
    assert len(found) == 1
    assert "2024-05" not in str(found[0])


@pytest.fixture(scope="module")
def infants(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("infants") / "study"
    (folder / "patients").mkdir(parents=True)
    shutil.copy(INFANTS / "protocol.yaml", folder)
    (folder / "site.yaml").write_text("site: HERE\nzone: Europe/Berlin\n", encoding="utf-8")
    story = (INFANTS / "stories" / "birth-corrected.yaml").read_text("utf-8")
    story = re.sub(r"(?ms)^expect:.*", "", story).replace("../protocol.yaml", "../protocol.yaml\nsite: ../site.yaml")
    story = story.replace("closed: []\n", "")
    (folder / "patients" / "INF-004.yaml").write_text(story, encoding="utf-8")
    return folder


BIRTHDAY = re.compile(r"202[45]-?12-?17|17 (?:December|Dec) 202[45]|202[45]年12月17日")


@pytest.mark.parametrize(
    "words",
    [
        "show {case} --format table",
        "show {case} --format json",
        "show {case} --format csv",
        "show {case} --format ics",
        "show {case} --format html",
        "explain {case} hexavalent.2",
        "explain {case} mmr.1 --language zh",
        "explain {case} hexavalent.2 --format json",
        "worklist {study} --on 2026-02-10 --format json",
        "agenda {study} --from 2026-02-01 --to 2026-03-31",
        "background {case}",
        "deviations {study} --on 2026-08-10",
    ],
)
def test_no_calendar_list_or_reason_says_the_day_of_birth(infants: Path, words: str) -> None:
    """Only the record itself has it: each of these says what is on 2 or 12 months of age, and not since when."""
    case = infants / "patients" / "INF-004.yaml"
    answer = typed(*(word.format(case=case, study=infants) for word in words.split()))
    assert answer.code == 0, answer.err
    assert BIRTHDAY.findall(answer.out) == []


def test_no_exported_file_says_the_day_of_birth(infants: Path, tmp_path: Path) -> None:
    answer = typed("export", infants, "--out", tmp_path / "out", "--on", "2026-02-10")
    assert answer.code == 0, answer.err
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert BIRTHDAY.findall(path.read_bytes().decode("utf-8", "replace")) == [], path.name
