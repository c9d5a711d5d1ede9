"""A coordinator takes a patient through a hand-foot reaction of grade 3, in the terminal, from the record to the lower dose."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.cli.typed import Answer, study_in, typed

REACTION = (
    "{on: 2026-05-21, event: adverse event, ae: 2, term: hand-foot skin reaction, grade: 3, related: [regorafenib]}"
)
"""On day 16 of cycle 3 of EXP-001, at 80 mg; the event gets the number 36."""
PROPOSAL = "hand-foot-skin-reaction.6.36"
HOLD = "hold at least 7 days until grade 0-1, then resume 1 level lower"
DECIDED = f"{{on: 2026-05-21, event: decided, proposal: {PROPOSAL}, action: '1', by: Dr Example}}"
AFTERWARDS = (
    "{on: 2026-06-02, event: regraded, ae: 2, grade: 1}",
    "{on: 2026-06-03, event: resumed, treatment: regorafenib, by: Dr Example}",
    "{on: 2026-06-03, event: cycle started, treatment: regorafenib, cycle: 4}",
)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return study_in(tmp_path)


def record(study: Path, *events: str) -> Answer:
    answers = [typed("record", study, "EXP-001", event) for event in events]
    assert [answer.code for answer in answers] == [0] * len(events)
    return answers[-1]


def show(study: Path, *more: str) -> Answer:
    return typed("show", study / "patients" / "EXP-001.yaml", "--until", "2026-06-30", *more)


def section(text: str, title: str) -> dict[str, str]:
    """The lines of a list of two columns under a title."""
    lines = text.split(f"{title}\n")[1].split("\n\n")[0].splitlines()[2:]
    pairs = (re.split("  +", line.strip(), maxsplit=1) for line in lines)
    return {pair[0]: pair[1] for pair in pairs}


def test_the_proposal_is_shown_with_its_rule_and_what_led_to_it(study: Path):
    record(study, REACTION)
    told = section(show(study).out, "Decision: Hand-foot skin reaction")
    assert told["proposal"] == PROPOSAL
    assert told["found"] == "event 36: adverse event 2, hand-foot skin reaction, has grade 3, related to regorafenib"
    assert told["the protocol"] == HOLD
    assert told["source"].endswith(f"grade 3, 1st to 2nd time: {HOLD} (SmPC, A12, A13)")
    assert (told["stands"], told["a hold may last"]) == ("open", "28 days")


def test_what_each_option_would_do_and_how_to_decide(study: Path):
    record(study, REACTION)
    answer = show(study)
    options = answer.out.split(f"What each option of {PROPOSAL} would do, up to 2026-06-30\n")[1]
    assert "regorafenib.3, days 16-21: held; it was 80 mg, awaiting decision" in options
    assert "regorafenib.3, days 16-21: 40 mg (level -1); it was 80 mg, awaiting decision" in options
    assert "regorafenib.4 of Wed 3 Jun 2026 is cancelled; it was planned" in options
    assert f"event: decided, proposal: {PROPOSAL}, action: '1', by: NAME" in answer.err


def test_nothing_is_shown_of_decisions_where_nobody_has_to_decide(study: Path):
    assert "Decision:" not in show(study).out


def test_the_worklist_says_what_the_protocol_has(study: Path):
    record(study, REACTION)
    told = json.loads(typed("worklist", study, "--on", "2026-05-21", "--format", "json").out)
    to_do = (
        f"the investigator decides on the dose; the protocol says: {HOLD} [{PROPOSAL}]; until then nothing is changed"
    )
    assert [(line["entry"], line["to_do"]) for line in told["decisions"]] == [("regorafenib.3.1", to_do)]


def test_the_proposal_is_explained_by_its_id(study: Path):
    record(study, REACTION)
    told = typed("explain", study / "patients" / "EXP-001.yaml", PROPOSAL).out.splitlines()
    assert told[0] == f"Hand-foot skin reaction, regorafenib: from Thursday 21 May 2026, {HOLD} (40 mg)."
    assert "  Option 5: discontinue; this is not what the protocol has." in told
    assert told[-2:] == [
        "  It waits for a decision; until then nothing is changed.",
        "  Once a dosing day is missed, a hold may last 28 days.",
    ]


def test_the_day_that_waits_says_so(study: Path):
    record(study, REACTION)
    told = typed("explain", study / "patients" / "EXP-001.yaml", "regorafenib.3.17").out
    assert "  Its dose awaits a decision.\n" in told


def test_an_option_named_by_its_number_is_kept_by_its_words(study: Path):
    answer = record(study, REACTION, DECIDED)
    assert f'action: "{HOLD}"' in answer.out
    assert f'action: "{HOLD}"' in (study / "patients" / "EXP-001.yaml").read_text("utf-8")


def test_on_hold_it_says_what_it_waits_for(study: Path):
    record(study, REACTION, DECIDED)
    told = section(show(study).out, "Decision: Hand-foot skin reaction")
    assert (told["stands"], told["earliest resume"]) == ("decided as proposed", "2026-05-28")
    assert told["waits for"] == "hand-foot skin reaction is grade 3, a resume asks for grade 0-1"
    assert told["resume in time"] == "up to 2026-06-18"


def test_a_resume_that_comes_too_early_is_told_before_it_is_recorded(study: Path):
    record(study, REACTION, DECIDED)
    early = "{on: 2026-05-27, event: resumed, treatment: regorafenib}"
    case = study / "patients" / "EXP-001.yaml"
    told = typed("whatif", case, "--event", early, "--until", "2026-06-30").out
    assert (
        "new warning: 2026-05-27: regorafenib was resumed too early: by 1 day; hand-foot skin reaction is grade 3, "
        f"a resume asks for grade 0-1 [{PROPOSAL}]"
    ) in told
    assert "asked: " in typed("record", study, "EXP-001", early).err
    record(study, early.replace("}", ", override: she travels tomorrow}"))
    ledger = list(csv.DictReader(io.StringIO(typed("deviations", study, "--format", "csv").out)))
    (found,) = [line for line in ledger if line["deviation"] == "resumed too early"]
    assert (found["subject"], found["date"], found["days off"]) == ("EXP-001", "2026-05-27", "-1")


def test_held_days_lower_level_smaller_dispensing_and_intensity(study: Path):
    record(study, REACTION, DECIDED, *AFTERWARDS)
    shown = show(study).out
    dates = [line.split() for line in shown.splitlines() if "regorafenib.3.16" in line or "regorafenib.4" in line]
    assert [(words[0], words[3], *words[-3:]) for words in dates] == [
        ("2026-05-21..05-26", "regorafenib.3.16-21", "74", "regorafenib.3.16-21", "held"),
        ("2026-06-03", "regorafenib.4.1", "40", "mg", "done"),
        ("2026-06-04..06-23", "regorafenib.4.2-21", "40", "mg", "planned"),
    ]
    assert "Decision:" not in shown
    days = ("--from", "2026-06-03", "--to", "2026-06-03", "--format", "csv")
    (line,) = [
        each
        for each in csv.DictReader(io.StringIO(typed("dispensing", study, *days).out))
        if each["subject"] == "EXP-001"
    ]
    assert (line["dose"], line["level"], line["units"], line["packs"]) == ("40", "-1", "21", "1")
    case = study / "patients" / "EXP-001.yaml"
    told = json.loads(typed("exposure", case, "--until", "2026-06-23", "--format", "json").out)
    # Cycle 3: 15 of 21 days at 80 mg; cycle 4: 21 days at 40 of 80 mg.
    own = [line for line in told["lines"] if line["drug"] == "regorafenib"]
    assert [line["relative_dose_intensity"] for line in own] == ["100.0", "100.0", "71.4", "50.0"]
    (whole,) = [total for total in told["totals"] if total["drug"] == "regorafenib"]
    assert (whole["delivered"], whole["planned"], whole["relative_dose_intensity"]) == ("5400", "6720", "80.4")
