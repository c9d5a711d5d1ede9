"""``scheduler test``: a study's stories beside its protocol, and the report that is filed."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from scheduler.calendar.entries.dose_sheet import Standing
from scheduler.calendar.entries.entry import Status
from scheduler.patient.case_file.expectation import ExpectedEntry
from tests.cli.typed import SEED, study_in, typed

STORY = """
# Cycle 2 is 28 days after cycle 1, and not 27.
protocol: ../protocol.yaml
closed: []
events:
  - {on: 2026-02-27, event: randomised, arm: control}
  - {on: 2026-03-02, event: cycle started, treatment: regorafenib, cycle: 1}
expect:
  regorafenib.2.1: {date: 2026-03-30, window: 2026-03-27..2026-04-02, status: planned, dose: 120 mg, flags: []}
  regorafenib.1.1-21: {dates: 2026-03-02..2026-03-22, is: 120 mg}
  end-of-treatment.1: {pending: true}
  absent: [toripalimab.1]
  findings: []
why:
  regorafenib.2: [28 days ±3 after cycle 1, after regorafenib.1]
""".lstrip()


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The seed study with one story of its own."""
    folder = study_in(tmp_path)
    for path in (folder / "stories").glob("*.yaml"):
        path.unlink()
    write(folder, STORY)
    return folder


def write(study: Path, story: str) -> None:
    (study / "stories" / "plain.yaml").write_text(story, "utf-8")


def told(study: Path) -> dict[str, str]:
    """What differs: the value that came out, by entry and what of it."""
    (story,) = json.loads(typed("test", study, "--format", "json").out)["stories"]
    return {f"{each['entry']} {each['what']}": each["got"] for each in story["differences"]}


def test_the_seed_studys_own_stories_come_out_as_told():
    answer = typed("test", SEED)
    assert (answer.code, answer.err) == (0, "REGO-TORI-RT: 5 stories, all as told\n")


def test_a_story_that_comes_out_otherwise_fails_and_shows_expected_and_got(study: Path):
    write(study, STORY.replace("date: 2026-03-30", "date: 2026-03-29"))
    answer = typed("test", study)
    assert (answer.code, answer.err) == (1, "REGO-TORI-RT: 1 story, 1 failed: plain\n")
    lines = [line.split() for line in answer.out.splitlines()]
    assert ["plain", "regorafenib.2.1", "date", "2026-03-29", "2026-03-30"] in lines


@pytest.mark.parametrize(
    ("said", "otherwise", "differs", "got"),
    [
        ("2026-03-27..2026-04-02", "2026-03-28..2026-04-02", "regorafenib.2.1 window", "2026-03-27..2026-04-02"),
        ("status: planned", "status: done", "regorafenib.2.1 status", "planned"),
        ("dose: 120 mg", "dose: 80 mg", "regorafenib.2.1 dose", "120 mg"),
        ("flags: []", "flags: [booked]", "regorafenib.2.1 flags", "nothing"),
        ("is: 120 mg", "is: held", "regorafenib.1.1 day", "2026-03-02 120 mg"),
        ("end-of-treatment.1: {pending", "imaging.1: {pending", "imaging.1 date", "2026-04-24"),
        ("end-of-treatment.1: {pending: true}", "end-of-treatment.1: 2026-05-20", "end-of-treatment.1 date", "pending"),
        ("absent: [toripalimab.1]", "toripalimab.1: 2026-03-02", "toripalimab.1 date", "nothing"),
        ("[toripalimab.1]", "[imaging.1]", "imaging.1 date", "2026-04-24"),
        ("findings: []", "findings: [no-open-day]", "findings codes", "nothing"),
        ("after regorafenib.1]", "after regorafenib]", "regorafenib.2 why", None),
        ("after cycle 1, after", "after cycle 2, after", "regorafenib.2 why", None),
        (", after regorafenib.1", "", "regorafenib.2 why", None),
        ("  findings: []", "  refused: unknown-level", "log refused", "nothing"),
    ],
)
def test_nothing_that_a_story_can_say_is_passed_over(
    study: Path, said: str, otherwise: str, differs: str, got: str | None
):
    assert told(study) == {}
    assert STORY.count(said) == 1
    write(study, STORY.replace(said, otherwise))
    whole = "28 days ±3 after cycle 1, not before 1 day after the end of radiotherapy (A2, A3); after regorafenib.1"
    assert told(study) == {differs: whole if got is None else got}


@pytest.mark.parametrize(
    ("expected", "differs"),
    [
        ("imaging.1: 2026-04-24", {"imaging.1 status": "cancelled"}),
        ("imaging.1: {date: 2026-04-24, window: 2026-04-17..2026-05-01}", {"imaging.1 status": "cancelled"}),
        ("imaging.1: {ideal: 2026-04-24}", {"imaging.1 status": "cancelled"}),
        ("imaging.1: {date: 2026-04-24, status: cancelled}", {}),
        ("imaging.1: {flags: []}", {}),
        ("imaging.0: 2026-02-27", {}),
    ],
)
def test_who_expects_a_date_expects_that_it_is_not_cancelled(study: Path, expected: str, differs: dict[str, str]):
    died = STORY.replace("expect:\n", "  - {on: 2026-04-01, event: died}\nexpect:\n").partition("expect:\n")[0]
    write(study, f"{died}expect:\n  {expected}\n")
    assert told(study) == differs


def test_a_log_that_must_be_refused_is_a_story_too(study: Path):
    wrong = "  - {on: 2026-03-30, event: cycle started, treatment: regorafenib, cycle: 1}\nexpect:"
    told_twice = STORY.replace("expect:", wrong)
    write(study, told_twice)
    assert told(study) == {"log refused": "cycle-started-twice"}
    write(study, told_twice.partition("expect:")[0] + "expect: {refused: cycle-started-twice}\n")
    assert told(study) == {}


@pytest.mark.parametrize(
    ("said", "otherwise", "finding"),
    [
        ("2026-03-27..2026-04-02", "27 March", "8:47: error: '27 March' is no range of dates"),
        ("2026-03-27..2026-04-02", "2026-04-02..2026-03-27", "8:47: error: the range 2026-04-02..2026-03-27 runs"),
        ("status: planned", "status: plannd", "but 'plannd' stands here (did you mean 'planned'?)"),
        ("{date: 2026-03-30", "{dat: 2026-03-30", "error: the key 'dat' is not known here (did you mean 'date'?"),
        ("1.1-21", "1.1-20", "9:3: error: regorafenib.1.1-20 has 20 days, and 2026-03-02..2026-03-22 has 21"),
        ("regorafenib.1.1-21", "regorafenib.1", "9:3: error: 'regorafenib.1' names no days of a cycle"),
        ("[toripalimab.1]", "[[toripalimab.1]]", "11:12: error: expected text, but a list stands here"),
        (
            "event: randomised",
            "event: randomized",
            "but 'randomized' stands here (write: {on: 2026-02-27, event: randomised, arm: control})",
        ),
        ("protocol.yaml", "protokol.yaml", "2:11: error: there is no file"),
    ],
)
def test_a_fault_in_a_story_has_its_place_and_the_story_fails(study: Path, said: str, otherwise: str, finding: str):
    write(study, STORY.replace(said, otherwise))
    answer = typed("test", study)
    assert (answer.code, "plain  " in answer.out, "FAILED" in answer.out) == (1, True, True)
    assert finding in answer.err


def test_a_story_that_expects_nothing_and_a_study_without_stories_are_findings(study: Path):
    write(study, STORY.partition("expect:")[0])
    assert "stories/plain.yaml:2:1: error: this story expects nothing" in typed("test", study).err
    (study / "stories" / "plain.yaml").unlink()
    answer = typed("test", study)
    assert (answer.code, answer.out) == (1, "")
    assert "there are no stories in" in answer.err
    assert "no protocol" in typed("test", study / "patients").err


def test_the_report_names_all_that_the_results_rest_on(study: Path, tmp_path: Path):
    write(study, STORY.replace("closed: []", "site: ../site.yaml"))
    answer = typed("test", study, "--report", tmp_path / "report", "--on", "2026-11-22")
    assert answer.code == 0
    report = json.loads((tmp_path / "report" / "validation.json").read_text("utf-8"))
    assert (report["study"], report["date"], report["result"]) == ("REGO-TORI-RT", "2026-11-22", "passed")
    assert report["program"].startswith("scheduler ")
    texts = {each["text"]: each for each in report["texts"]}
    assert list(texts) == ["protocol", "site", "public holidays"]
    assert texts["public holidays"]["version"].startswith("CN, holidays ")
    files = {"protocol": study / "protocol.yaml", "site": study / "site.yaml"}
    assert {name: texts[name]["sha256"] for name in files} == {name: sha256(path) for name, path in files.items()}
    (story,) = report["stories"]
    assert (story["story"], story["result"]) == ("plain", "passed")
    assert story["tells"] == "Cycle 2 is 28 days after cycle 1, and not 27."
    assert story["sha256"] == sha256(study / "stories" / "plain.yaml")
    printed = words_of((tmp_path / "report" / "validation.pdf").read_bytes())
    digests = [texts["protocol"]["sha256"], texts["public holidays"]["sha256"], story["sha256"]]
    assert [digest for digest in digests if digest not in printed] == []
    assert str(study) not in json.dumps(report)


def test_the_same_run_gives_the_same_report_and_a_failure_is_in_it(study: Path, tmp_path: Path):
    write(study, STORY.replace("dose: 120 mg", "dose: 80 mg"))
    for name in ("one.pdf", "two.pdf", "one.json", "two.json"):
        assert typed("test", study, "--report", tmp_path / name, "--on", "2026-11-22").code == 1
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert json.loads((tmp_path / "one.json").read_text("utf-8"))["result"] == "failed"
    assert "regorafenib.2.1dose80mg120mg" in words_of((tmp_path / "one.pdf").read_bytes())


def test_a_report_without_its_day_is_wrong_usage(study: Path, tmp_path: Path):
    answer = typed("test", study, "--report", tmp_path / "report")
    assert (answer.code, "--on" in answer.err) == (2, True)
    assert not (tmp_path / "report").exists()


def test_what_a_story_may_say_of_a_status_is_what_a_calendar_says():
    said = ExpectedEntry.model_json_schema()["properties"]["status"]["anyOf"][0]["enum"]
    of_samples = [each.value for each in Standing if each.value not in {*Status}]
    assert said == [*(status.value for status in Status), *of_samples]


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def words_of(pdf: bytes) -> str:
    """All letters of a PDF without the spaces."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)
