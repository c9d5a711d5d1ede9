"""The USDM export: what it says of a protocol, and that nothing is lost on the way out and in again, or named where it is."""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scheduler.folder.exchanging.usdm import import_usdm_file
from scheduler.protocol.parse import parse_protocol
from scheduler.standards.design.planned import designs_of
from scheduler.standards.usdm.importing import Design, read_design
from scheduler.standards.usdm.protocol_text import protocol_text
from scheduler.standards.usdm_out.study import UsdmFile, usdm_of
from tests.cli.typed import SEED, typed
from tests.laws.examples import one_in
from tests.standards.usdm_files import imported, planned_days, study

EXAMPLES = Path(__file__).parents[2] / "examples"
PROTOCOLS = [SEED / "protocol.yaml", *sorted((EXAMPLES / "regimens").glob("*/protocol.yaml"))]


@cache
def exported(text: str) -> UsdmFile:
    version, _ = parse_protocol(text, name="protocol.yaml")
    return usdm_of(version, text, "1")


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def design_of(found: UsdmFile) -> dict[str, Any]:
    whole: Any = found.content
    design: dict[str, Any] = whole["study"]["versions"][0]["studyDesigns"][0]
    return design


def by_name(parts: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {part["name"]: part for part in parts}


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for each in value if isinstance(value, list) else []:
        yield from objects(each)


def rules_broken(design: dict[str, Any]) -> list[str]:
    """USDM's own rules about timelines, by their numbers; `usdm4 validate` knows all of them."""
    mains = [line["mainTimeline"] for line in design["scheduleTimelines"]]
    found = [] if mains.count(True) == 1 else ["DDF00012"]
    for line in design["scheduleTimelines"]:
        ids = {each["id"] for each in line["instances"]}
        exits = {each["id"] for each in line["exits"]}
        for each in line["instances"]:
            if (each["defaultConditionId"] in ids) == (each["timelineExitId"] in exits):
                found.append("DDF00008")
        fixed = [each for each in line["timings"] if each["type"]["decode"] == "Fixed Reference"]
        found += ["DDF00009"] if len(fixed) != 1 else []
        found += [rule for each in line["timings"] for rule in broken_by(each, ids, each in fixed)]
    return found


def broken_by(timing: dict[str, Any], ids: set[str], is_fixed: bool) -> Iterator[str]:
    ends = {timing["relativeFromScheduledInstanceId"], timing["relativeToScheduledInstanceId"]}
    window = [timing["windowLower"], timing["windowUpper"], timing["windowLabel"]]
    if not ends <= ids:
        yield "DDF00046"
    if (len(ends) == 1) != is_fixed:
        yield "DDF00031"
    if len({part is None for part in window}) != 1 or (is_fixed and window[0] is not None):
        yield "DDF00006"
    if not re.fullmatch(r"P(T\d+H|\d+[DWMY])", timing["value"]):
        yield "DDF00060"


# ------------------------------------------------------------------------------------------------ out


def test_a_visit_is_timed_as_its_sentence_says() -> None:
    """Cycle 2 is 28 days ±3 after cycle 1 in both arms; the experimental one waits for radiotherapy, told as text."""
    main = design_of(exported(text_of(SEED / "protocol.yaml")))["scheduleTimelines"][0]
    instances = by_name(main["instances"])
    timings = {each["relativeFromScheduledInstanceId"]: each for each in main["timings"]}

    def timed(name: str) -> tuple[str, str, str, str | None, str | None]:
        timing = timings[instances[name]["id"]]
        to = next(each["name"] for each in main["instances"] if each["id"] == timing["relativeToScheduledInstanceId"])
        return timing["type"]["decode"], timing["value"], to, timing["windowLower"], timing["windowUpper"]

    assert timed("regorafenib.1.1")[:2] == ("Fixed Reference", "P1D")  # it is on the first dose in both arms
    assert timed("toripalimab.1") == ("After", "P0D", "regorafenib.1.1", None, None)
    assert timed("regorafenib.2.1 (control)") == ("After", "P28D", "regorafenib.1.1", "P3D", "P3D")
    assert timed("regorafenib.2.1 (experimental)") == ("After", "P28D", "regorafenib.1.1", "P3D", "P3D")
    assert timed("screening.1") == ("Before", "P1D", "regorafenib.1.1", "P27D", "P0D")
    assert timed("survival.last") == ("After", "P2Y", "regorafenib.1.1", "P14D", "P14D")


def test_who_gets_what_is_told_by_the_cells() -> None:
    """Regorafenib begins with 120 mg alone and with 80 mg beside toripalimab: two interventions, each in its own arm."""
    found = exported(text_of(SEED / "protocol.yaml"))
    whole: Any = found.content
    interventions = whole["study"]["versions"][0]["studyInterventions"]
    said = {each["name"]: [part["description"] for part in each["administrations"]] for each in interventions}
    assert said["regorafenib (control)"] == ["once daily by mouth on days 1-21; levels: 120, 80, 40 mg"]
    assert said["regorafenib (experimental)"] == ["once daily by mouth on days 1-21; levels: 80, 40 mg"]
    design = design_of(found)
    names = {each["id"]: each["name"] for part in (design["arms"], interventions) for each in part}
    elements = {each["id"]: each for each in design["elements"]}
    given = {
        (names[cell["armId"]], names[of])
        for cell in design["studyCells"]
        for element in cell["elementIds"]
        for of in elements[element]["studyInterventionIds"]
    }
    assert given == {
        ("control", "regorafenib (control)"),
        ("experimental", "regorafenib (experimental)"),
        ("experimental", "toripalimab"),
        ("experimental", "radiotherapy"),
    }


def test_what_no_day_is_planned_for_is_on_a_timeline_of_its_own() -> None:
    design = design_of(exported(text_of(SEED / "protocol.yaml")))
    assert [line["name"] for line in design["scheduleTimelines"]] == [
        "Main timeline",
        "End of treatment",
        "Last dose",
        "Last regorafenib dose",
        "Scan to confirm progression: 28 days +28 after each iupd",
        "Last toripalimab dose",
    ]
    own = design["scheduleTimelines"][1]
    assert own["entryCondition"] == "End of treatment: recorded for the patient"
    assert [each["label"] for each in own["instances"]] == ["End of treatment", "End of treatment"]
    assert own["timings"][1]["windowLabel"] == "-0 to +7 days"


@pytest.mark.parametrize("path", one_in(9, PROTOCOLS), ids=lambda path: path.parent.name)
def test_every_protocol_keeps_the_rules_of_timelines(path: Path) -> None:
    found = exported(text_of(path))
    assert rules_broken(design_of(found)) == []
    ids = Counter(each["id"] for each in objects(found.content) if each.get("id") is not None)
    assert [name for name, number in ids.items() if number > 1] == []


def test_each_activity_has_a_surrogate_for_its_concept() -> None:
    """USDM's rule DDF00075: an activity refers to a procedure, or to a concept or what stands for one."""
    content: Any = exported(text_of(SEED / "protocol.yaml")).content
    (version,) = content["study"]["versions"]
    named = {
        each["name"]: each["bcSurrogateIds"]
        for each in design_of(exported(text_of(SEED / "protocol.yaml")))["activities"]
    }
    assert named == {each["name"]: [each["id"]] for each in version["bcSurrogates"]}
    assert "haematology" in named


def test_what_usdm_has_no_place_for_is_listed() -> None:
    rows = exported(text_of(SEED / "protocol.yaml")).carried
    counts = Counter(row.part for row in rows)
    assert (counts["assumption"], counts["dose"], counts["not said"]) == (24, 3, 6)
    (waits,) = [row for row in rows if row.name == "toripalimab.2" and row.part == "timing"]
    assert waits.note == "what it waits for: 21 days ±3 after dose 1, not before 1 day after the end of radiotherapy"


# ------------------------------------------------------------------------------------------------ out and in


@pytest.mark.parametrize("path", one_in(9, PROTOCOLS), ids=lambda path: path.parent.name)
def test_a_protocol_comes_back_word_for_word(path: Path, tmp_path: Path) -> None:
    """The file carries its text, so that every calendar is the same."""
    (tmp_path / "out.json").write_text(json.dumps(exported(text_of(path)).content), "utf-8")
    back = import_usdm_file(tmp_path / "out.json", tmp_path / "back")
    assert text_of(tmp_path / "back" / "protocol.yaml") == text_of(path)
    assert {row.verdict for row in back.report.rows} == {"said"}


def without_text(found: UsdmFile) -> dict[str, Any]:
    content: Any = copy.deepcopy(found.content)
    content["study"]["versions"][0]["extensionAttributes"] = []
    whole: dict[str, Any] = content
    return whole


@pytest.mark.parametrize(
    "name", one_in(5, ["weekly-paclitaxel", "bep", "capox", "crossover", "nivolumab", "vaccine", "prima"])
)
def test_planned_days_come_back_without_the_text_too(name: str) -> None:
    """As another program reads it: every visit with a planned day has the same day and window, counted from Day 1."""
    text = text_of(EXAMPLES / "regimens" / name / "protocol.yaml")
    version, _ = parse_protocol(text, name="protocol.yaml")
    design = read_design(without_text(exported(text)), "out.json")
    assert isinstance(design, Design)
    days = Counter(planned_days(protocol_text(design)).values())
    expected = {
        (visit.id, visit.day, visit.window)
        for arm in designs_of(version)
        for visit in arm.visits
        if visit.day is not None
    }
    count = [(first, day, last) for _, day, window in expected for first, last in [window or (day, day)]]
    wanted = Counter((first - (first > 0), day - (day > 0), last - (last > 0)) for first, day, last in count)
    assert wanted - days == Counter()


def test_a_file_that_was_changed_is_read_as_any_other(tmp_path: Path) -> None:
    content: Any = copy.deepcopy(exported(text_of(EXAMPLES / "regimens" / "vaccine" / "protocol.yaml")).content)
    timing = content["study"]["versions"][0]["studyDesigns"][0]["scheduleTimelines"][0]["timings"][-1]
    timing["value"] = "P99D"
    (tmp_path / "changed.json").write_text(json.dumps(content), "utf-8")
    back = import_usdm_file(tmp_path / "changed.json", tmp_path / "back")
    assert "own-text-differs" in {finding.code for finding in back.findings}
    assert "99 days" in text_of(tmp_path / "back" / "protocol.yaml")


# ------------------------------------------------------------------------------------------------ in and out


def test_a_sponsors_timings_windows_encounters_epochs_and_arms_stay() -> None:
    file = study(
        "SCREEN: before P2W of DOSE",
        "DOSE: fixed P1D",
        "WEEK_2: after P2W of DOSE, window P3D P3D",
        "MONTH_3: after P3M of DOSE, window P5D P7D",
        "LAST: after P7D of WEEK_2",
        encounters=[
            {"id": f"E_{name}", "label": name.title()} for name in ("SCREEN", "DOSE", "WEEK_2", "MONTH_3", "LAST")
        ],
        epochs=[{"id": "P1", "name": "Screening"}, {"id": "P2", "name": "Treatment"}],
    )
    instances = file["study"]["versions"][0]["studyDesigns"][0]["scheduleTimelines"][0]["instances"]
    for each in instances:
        each["epochId"] = "P1" if each["id"] == "SCREEN" else "P2"
    text, _ = imported(file)
    design = design_of(exported(text))
    (main,) = design["scheduleTimelines"]
    names = {each["id"]: each["label"] for each in main["instances"]}
    timings = {
        (
            names[each["relativeFromScheduledInstanceId"]],
            each["type"]["decode"],
            each["value"],
            names[each["relativeToScheduledInstanceId"]],
            each["windowLower"],
            each["windowUpper"],
        )
        for each in main["timings"]
    }
    assert timings == {
        ("Screen", "Before", "P2W", "Dose", None, None),
        ("Dose", "Fixed Reference", "P1D", "Dose", None, None),
        ("Week_2", "After", "P2W", "Dose", "P3D", "P3D"),
        ("Month_3", "After", "P3M", "Dose", "P5D", "P7D"),
        ("Last", "After", "P7D", "Week_2", None, None),
    }
    assert {each["label"] for each in design["encounters"]} == set(names.values())
    epochs = {each["id"]: each["name"] for each in design["epochs"]}
    assert list(epochs.values()) == ["screening", "treatment"]
    assert [epochs[each["epochId"]] for each in main["instances"]] == ["screening", *["treatment"] * 4]
    assert [each["label"] for each in design["arms"]] == ["Active"]
    assert len(design["studyCells"]) == 2


def test_the_command_writes_the_file_and_the_list(tmp_path: Path) -> None:
    answer = typed(
        "export-usdm", EXAMPLES / "regimens" / "vaccine" / "protocol.yaml", "--out", tmp_path / "vaccine.json"
    )
    assert (answer.code, "USDM has no place for" in answer.err) == (0, True)
    assert json.loads(text_of(tmp_path / "vaccine.json"))["usdmVersion"] == "4.0.0"
    assert text_of(tmp_path / "vaccine.carried.csv").startswith("part,name,where it is,note\n")
