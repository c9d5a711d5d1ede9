"""A sponsor's USDM file becomes a protocol: each construct of it, and what is wrong with files. Days are counted by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.findings import Finding
from scheduler.protocol.parse import parse_protocol
from scheduler.standards.usdm.durations import Duration, read_duration
from scheduler.standards.usdm.importing import read_design
from scheduler.standards.usdm.names import Names
from scheduler.standards.usdm.protocol_text import protocol_text
from scheduler.standards.usdm.synopsis import plain
from tests.cli.typed import typed
from tests.laws.examples import examples
from tests.standards.usdm_files import imported, planned_days, study, timeline


def faults(*lines: str, **more: Any) -> dict[str, str]:
    """For each visit that is asked: why."""
    text, design = imported(study(*lines, **more))
    asked = {each.name: str(each.first.fault) for each in design.visits if each.is_asked}
    assert asked.keys().isdisjoint(planned_days(text))
    return asked


def verdicts(kind: str, *lines: str, **more: Any) -> dict[str, str]:
    _, design = imported(study(*lines, **more))
    return {row.part.called: row.verdict for row in design.report.rows if row.kind == kind}


def test_visits_are_planned_where_the_file_has_them() -> None:
    """Screening is 28 to 2 days before the anchor; week 3 counts from week 2; 9 months after 2 March are 275 days."""
    text, _ = imported(
        study(
            "SCREEN: before P28D of DOSE, window P0D P26D",
            "DOSE: fixed P1D",
            "WK2: after P2W of DOSE, window P3D P3D",
            "WK3: after P1W of WK2, window P1D P2D",
            "M9: after P9M of DOSE",
        )
    )
    assert planned_days(text) == {
        "screen": (-28, -28, -2),
        "dose-visit": (0, 0, 0),
        "wk2": (11, 14, 17),
        "wk3": (20, 21, 23),
        "m9": (275, 275, 275),
    }
    for sentence in ("28 days -0 +26 before anchor", "2 weeks ±3 days after anchor", "1 week -1 +2 days after wk2"):
        assert f"when: {sentence} (USDM" in text


def test_the_value_of_the_anchor_is_a_label_and_no_offset() -> None:
    """D15 is 14 days after Day 1, and D14 is what some files call 14 days after it: both fit, and neither is moved."""
    for label in ("P1D", "P0D"):
        text, _ = imported(study(f"DOSE: fixed {label}", "D15: after P14D of DOSE", "X: after P2W of DOSE"))
        assert planned_days(text)["d15"] == planned_days(text)["x"] == (14, 14, 14)


def test_instances_of_one_encounter_and_day_are_one_visit() -> None:
    file = study("PRE: before PT15M of DOSE", "DOSE: fixed P1D", "NEXT: after P1D of DOSE")
    design = file["study"]["versions"][0]["studyDesigns"][0]
    for each in design["scheduleTimelines"][0]["instances"]:
        each["encounterId"] = "E1"
    design["encounters"] = [{"id": "E1", "label": "Day 1", "contactModes": [{"decode": "Telephone Call"}]}]
    text, found = imported(file)
    assert planned_days(text) == {"day-1": (0, 0, 0), "next": (1, 1, 1)}
    assert [len(visit.members) for visit in found.visits] == [2, 1]
    assert "kind: contact" in text


def test_a_window_in_hours_around_a_day_is_carried_as_text() -> None:
    lines = ("PRE: before P2D of DOSE, window PT4H PT0H", "DOSE: fixed P1D")
    text, _ = imported(study(*lines))
    assert planned_days(text)["pre"] == (-2, -2, -2)
    assert verdicts("window", *lines) == {"T_PRE": "carried as text"}
    assert "What is the window of pre? The file says PT4H to PT0H." in text


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("X", "no timing of the file is for it"),
        ("X: after P1D of X", "it counts from itself"),
        ("X: after P1D of NOBODY", "it counts from NOBODY, which is no instance of its timeline"),
        ("X: after -P1D of DOSE", "its value is -P1D, which is no duration"),
        ("X: after two_weeks of DOSE", "its value is two_weeks, which is no duration"),
        ("X: after P1DT6H of DOSE", "its value P1DT6H is of several units"),
        ("X: fixed P1D", "it is a second fixed reference of its timeline"),
    ],
)
def test_a_broken_timing_is_named_and_gives_no_day(line: str, why: str) -> None:
    assert faults("DOSE: fixed P1D", line) == {"x": why}
    if ":" in line:
        assert verdicts("timing", "DOSE: fixed P1D", line)["T_X"] == "the file is wrong"


def test_what_counts_from_something_without_a_day_has_none_either() -> None:
    found = faults("DOSE: fixed P1D", "X: after P1D of Y", "Y: after P1D of X", "Z: after P1D of Y")
    assert found == {
        "x": "its references lead round in a circle",
        "y": "its references lead round in a circle",
        "z": "it counts from Y, whose day is not known",
    }


def test_a_day_that_contradicts_its_name_is_asked_and_not_made_up() -> None:
    """A vendor writes one day for every hop: Day 15 would be Day 2, and Day 29 hangs on it."""
    assert faults("DAY_1: fixed P1D", "DAY_15: after P1D of DAY_1", "DAY_29: after P1D of DAY_15") == {
        "day-15": "its name says Day 15, and its timing makes it 1 days from the anchor",
        "day-29": "it counts from DAY 15, whose day is not known",
    }


def test_a_visit_without_a_day_is_planned_when_its_day_is_recorded() -> None:
    text, _ = imported(study("DOSE: fixed P1D", "X", "Y: after P1W of DOSE"))
    recorded = "2026-03-05 reached, milestone: x-date"
    assert planned_days(text, also=recorded) == {"dose-visit": (0, 0, 0), "y": (7, 7, 7), "x": (3, 3, 3)}


def test_a_timeline_in_minutes_is_a_sheet_and_its_hops_do_not_add_up_twice() -> None:
    minutes = timeline(
        "BP",
        ["SUPINE: fixed PT0M", "S5: after PT5M of SUPINE", "S6: after PT1M of S5, window PT2M PT0M"],
    )
    file = study(
        "DOSE: fixed P1D",
        "WK2: after P2W of DOSE",
        timelines=[minutes, timeline("AE", ["EVENT: fixed P1D"])],
        activities=[{"id": "V", "label": "Vital signs", "timelineId": "BP"}, {"id": "W", "label": "Weight"}],
    )
    design = file["study"]["versions"][0]["studyDesigns"][0]
    design["scheduleTimelines"][0]["instances"][1]["activityIds"] = ["V"]
    text, found = imported(file)
    assert "- at 6 minutes -2 +0 minutes after wk2 (USDM)" in text
    assert "- at 0, 5 minutes after wk2 (USDM)" in text
    assert "Vital signs: [wk2]" in text
    assert "# Weight: no visit of the main timeline names it" in text
    rows = {row.part.called: row.verdict for row in found.report.rows if row.kind == "timeline"}
    assert rows == {"MAIN": "said", "BP": "said", "AE": "carried as text"}
    parse_protocol(text, name="protocol.yaml")


def with_decision(target: str) -> dict[str, Any]:
    """After DOSE a decision: WK2, or where it holds another."""
    file = study("DOSE: fixed P1D", "WK2: after P2W of DOSE", "RASH: after P3D of DOSE")
    main = file["study"]["versions"][0]["studyDesigns"][0]["scheduleTimelines"][0]
    dose, second, rash = main["instances"]
    dose["defaultConditionId"], second["defaultConditionId"], rash["defaultConditionId"] = "D", None, None
    decision = {
        "id": "D",
        "name": "D",
        "defaultConditionId": "WK2",
        "conditionAssignments": [{"id": "C", "condition": "if there is a rash", "conditionTargetId": target}],
        "instanceType": "ScheduledDecisionInstance",
    }
    main["instances"] = [dose, decision, second, rash]
    return file


def test_what_only_a_condition_leads_to_waits_until_it_is_recorded() -> None:
    text, _ = imported(with_decision("RASH"))
    assert "condition-1: if there is a rash" in text
    assert "rash" not in planned_days(text)
    recorded = "2026-03-02 attribute, name: condition-1, value: true"
    assert planned_days(text, also=recorded)["rash"] == (3, 3, 3)


def test_a_loop_is_planned_once_and_asked() -> None:
    text, design = imported(with_decision("DOSE"))
    assert planned_days(text)["wk2"] == (14, 14, 14)
    rows = {row.kind: row.verdict for row in design.report.rows if row.kind in ("decision", "condition")}
    assert rows == {"decision": "carried as text", "condition": "carried as text"}
    assert "At D: if there is a rash. What follows?" in text


def test_who_gets_a_dose_is_asked_and_never_guessed() -> None:
    file = study("DOSE: fixed P1D")
    unit, daily = {"standardCode": {"decode": "Milligram"}}, {"standardCode": {"decode": "Daily"}}
    given_ = {"id": "AD", "description": "Patch", "dose": {"value": 54.0, "unit": unit}, "frequency": daily}
    file["study"]["versions"][0]["studyInterventions"] = [{"id": "I", "label": "Drug", "administrations": [given_]}]
    text, _ = imported(file)
    assert "Who gets Drug, Patch: 54.0 Milligram, Daily?" in text
    assert "treatments:" not in text


def test_activities_at_no_visit_are_a_comment() -> None:
    text, _ = imported(study("DOSE: fixed P1D", activities=[{"id": "V", "label": "Vital signs"}]))
    assert "# activities:\n# Vital signs: no visit of the main timeline names it\n" in text
    assert planned_days(text) == {"dose-visit": (0, 0, 0)}


def test_durations_keep_months_apart_from_days() -> None:
    assert read_duration("P2W") == Duration(days=14, in_weeks=True)
    assert read_duration("P1Y2M") == Duration(months=14)
    assert read_duration("PT36H") == Duration(days=1, minutes=720)
    assert [read_duration(each) for each in ("P", "PT", "", "-P1D", "P1.5D", None, 3, "PT30S")] == [None] * 8


def test_the_command_writes_a_folder_and_says_what_to_ask(tmp_path: Path) -> None:
    file, out = tmp_path / "small.json", tmp_path / "study"
    file.write_text(json.dumps(study("DOSE: fixed P1D", "WK2: after P2W of DOSE", "X")), "utf-8")
    answer = typed("import-usdm", file, "--out", out)
    assert answer.code == 0
    assert "x waits for a recorded day: no timing of the file is for it" in answer.err
    assert sorted(path.name for path in out.iterdir()) == ["protocol.yaml", "report.csv", "report.txt", "site.yaml"]
    assert typed("check", out).code == 0
    assert "is not empty" in typed("import-usdm", file, "--out", out).err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "the file has no study with a version"),
        ('{"study": {"versions": [{}]}}', "the study has no design"),
        ('{"study": {"versions": [{"studyDesigns": [{}]}]}}', "the design has 0 main timelines"),
        ('{"study": {"versions": [{"studyDesigns": [{}, {}]}]}}', "the study has 2 designs"),
    ],
)
def test_what_is_no_usdm_is_refused(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "other.json"
    file.write_text(content, "utf-8")
    answer = typed("import-usdm", file, "--out", tmp_path / "out")
    assert answer.code != 0
    assert said in answer.err
    assert not (tmp_path / "out").exists()


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 10**30)
    | st.text(max_size=8)
    | st.sampled_from(["P1D", "DOSE", "WK2", "BP"]),
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(["id", "name", "label"]), below, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=examples(100), deadline=None)
@given(st.data())
def test_any_file_gives_a_protocol_that_can_be_read_or_a_refusal(data: st.DataObject) -> None:
    """Some places of a good file are replaced by anything that JSON can hold."""
    file = with_decision("RASH")
    design = file["study"]["versions"][0]["studyDesigns"][0]
    design["scheduleTimelines"].append(timeline("BP", ["S: fixed PT0M", "S5: after PT5M of S"]))
    design["encounters"] = [{"id": "E_WK2", "label": "Week 2"}]
    design["activities"] = [{"id": "V", "label": "Vital signs", "timelineId": "BP"}]
    design["scheduleTimelines"][0]["instances"][0]["activityIds"] = ["V"]
    holders = list(every_holder(file))
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(holders))
        if isinstance(holder, dict) or key < len(holder):
            holder[key] = data.draw(JSON)
    found = read_design(file, "any.json")
    if not isinstance(found, Finding):
        parse_protocol(protocol_text(found), name="protocol.yaml")


def every_holder(content: Any) -> Any:
    """Each place of a value: what holds it, and its key."""
    if isinstance(content, dict | list):
        for key in content if isinstance(content, dict) else range(len(content)):
            yield content, key
            yield from every_holder(content[key])


def test_thousands_of_parts_of_one_name_each_get_the_next_number_at_once() -> None:
    """Each was held against all before it: a file of 2 MB took minutes."""
    names = Names()
    free = [names.free("Call", "Call"), names.free("Call-3"), *(names.free("Call") for _ in range(5000))]
    assert free[:5] == ["call", "call-3", "call-2", "call-4", "call-5"]
    assert free[-1] == "call-5002"
    same = [{"id": f"A{number}", "name": "ECG"} for number in range(3)]
    every = study("DOSE: fixed P1D", activities=[*same, {"id": "A3", "name": "ECG (2)"}, {"id": "A4", "name": "ECG"}])
    [first] = every["study"]["versions"][0]["studyDesigns"][0]["scheduleTimelines"][0]["instances"]
    first["activityIds"] = ["A0", "A1", "A2", "A3", "A4"]
    text, _ = imported(every)
    titles = ["ECG", "ECG (2)", "ECG (3)", "ECG (2) (2)", "ECG (4)"]
    assert [line.partition(":")[0].strip(' "') for line in text.splitlines() if "ECG" in line] == titles


def test_a_design_of_too_many_objects_is_refused_before_it_is_read() -> None:
    """20 MB of visits kept everybody else from reading files for 45 s.

    Eight others: the title, the design, its arm, its timeline, an instance, its timing, and two codes of that.
    """
    objects: dict[str, Any] = {"encounters": [{}] * 19_992}
    largest = study("DOSE: fixed P1D", **objects)
    largest["study"]["versions"][0]["narrativeContentItems"] = [{}] * 20_000
    assert not isinstance(read_design(largest, "largest.json"), Finding)
    objects["encounters"] += [{}]
    refused = read_design(study("DOSE: fixed P1D", **objects), "larger.json")
    assert isinstance(refused, Finding)
    assert (refused.code, refused.message) == (
        "usdm-not-read",
        "the design has 20001 objects, and at most 20000 are read",
    )


def test_visits_that_each_count_from_another_are_read_in_their_number() -> None:
    """Each row of the report was held against all rows before it, and each step of a chain against all steps before it."""
    chain = [f"V{number}: after P1D of V{number - 1}" for number in range(300, 0, -1)]
    _, design = imported(study(*chain, "V0: fixed P1D", encounters=[{"id": "E_V7", "name": "Twice"}] * 2))
    assert design.main.timed["V300"].away == (0, 300, 0)
    assert [row.note for row in design.report.rows if row.kind == "encounter"] == [
        "",
        "no visit is named by it alone",
    ]


def test_text_with_thousands_of_open_brackets_is_read_at_once() -> None:
    """For each opening the rest of the text was looked through: 70 kB took eight seconds, a megabyte an hour."""
    assert plain("<usdm:tag" * 20_000) == "<usdm:tag" * 221 + "<usdm:ta" + "..."
    tagged = 'For <p class="x">a <usdm:tag id="2" name="min_age"/>, at <b>most</b> < 8 </p>.'
    assert plain(tagged) == "For a [min_age], at most < 8."


def test_a_label_with_a_day_of_thousands_of_digits_names_another_day() -> None:
    lines = "DAY_1: fixed P1D", "DAY_15: after P14D of DAY_1"
    for label, name in (("Day " + "9" * 5000, "day-15"), ("Visit at Day 15", "visit-at-day-15"), ("Day 16", "day-15")):
        _, design = imported(study(*lines, encounters=[{"id": "E_DAY_15", "label": label}]))
        assert design.visits[1].name == name
