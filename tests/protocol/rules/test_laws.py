"""Laws of decision tables: no text crashes the reader, and the cases of rules add up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from scheduler.errors import InvalidText
from scheduler.findings import Finding
from scheduler.protocol.checks.rules.boxes import TRUE, WHOLE, Box, Line, Stretch, contains, left_over, overlap
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.actions import Action, Strictness
from scheduler.protocol.sentences.rules.rule import read_row
from tests.laws.examples import examples

VOCABULARY = """
grade any above below at least up to x upper limit baseline with without unless bilirubin liver tumour Gilbert
syndrome 1st 2nd 3rd 4th time or later not improved within worse than before on hold for more since the last
dose no lower level is left lowest levels continue hold until then resume the same lower reduce by discontinue
supportive care weekly daily every re-escalate allowed the investigator chooses among resolved controlled
ruled out prednisone mg umol/L days weeks 0 1 2 3 5 20 7 28 0-1 1-2 2-4 -1 -2 : , ( ) label A1 ALT AST Colitis
interrupt slow infusion tests
"""
SALAD = st.lists(st.sampled_from(VOCABULARY.split()), max_size=24).map(" ".join)
HEADS = st.sampled_from(
    ["grade 2", "any grade", "above 5 to 20 x upper limit", "grade 3, 2nd time or later", "below 50 G/L", "grade 4"]
)
TAILS = st.sampled_from(
    [
        "continue",
        "discontinue",
        "reduce by 1 level",
        "hold until grade 0-1, then resume at the same level",
        "hold at least 7 days until resolved, then resume 2 levels lower",
    ]
)
ROWS = st.builds("{}: {} (label)".format, HEADS, TAILS)
SUBJECTS = st.sampled_from(
    ["Colitis", "[ALT, AST]", "any infection", "any other adverse event", "[platelets, Colitis]"]
)

PROTOCOL = """study: LAWS
version: "1.0"
title: Laws
arms: {{all: Tablets}}
study days: first dose is Day 1
sources: {{label: The label}}
treatments:
  drug:
    when: {{1: on first dose, then: 28 days after the previous cycle}}
    give: once daily by mouth on days 1-21
    levels: 120, 80, 40 mg
attributes: {{liver tumour: A tumour in the liver, Gilbert syndrome: A harmless rise of bilirubin}}
rules:
"""


def protocol_with(tables: list[tuple[str, list[str]]]) -> str:
    text = PROTOCOL.format()
    for number, (subject, rows) in enumerate(tables):
        text += f"  table-{number}:\n    for: drug\n    on: {subject}\n    rows:\n"
        text += "".join(f'      - "{row}"\n' for row in rows)
    return text


def findings_of(text: str) -> tuple[Finding, ...]:
    try:
        return parse_protocol(text, name="laws.yaml")[1]
    except InvalidText as invalid:
        return invalid.findings


def offset_of_fault(text: str) -> int | None:
    """Where the reader finds a fault in a row; None where it reads the row."""
    try:
        read_row(text)
    except PydanticCustomError as fault:
        return int((fault.context or {})["offset"])
    return None


@given(SALAD | st.text(max_size=80))
def test_no_row_crashes_the_reader(text: str) -> None:
    offset = offset_of_fault(text)
    assert offset is None or 0 <= offset <= len(text)


@given(ROWS, st.integers(0, 200), SALAD)
def test_no_row_with_words_put_in_crashes_the_reader(row: str, at: int, salad: str) -> None:
    text = row[: at % len(row)] + salad + row[at % len(row) :]
    offset = offset_of_fault(text)
    assert offset is None or 0 <= offset <= len(text)


@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(st.tuples(SUBJECTS, st.lists(ROWS | SALAD.filter(bool), min_size=1, max_size=5)), min_size=1, max_size=4)
)
def test_every_fault_of_a_table_has_its_place(tables: list[tuple[str, list[str]]]) -> None:
    text = protocol_with(tables)
    lines = text.splitlines()
    for finding in findings_of(text):
        assert finding.place is not None
        assert 1 <= finding.place.line <= len(lines)
        assert 1 <= finding.place.column <= len(lines[finding.place.line - 1]) + 1


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.tuples(SUBJECTS, st.lists(ROWS, min_size=1, max_size=4)), min_size=1, max_size=3))
def test_the_same_row_twice_is_always_told(tables: list[tuple[str, list[str]]]) -> None:
    subject, rows = tables[0]
    twice = findings_of(protocol_with([(subject, [*rows, rows[0]]), *tables[1:]]))
    codes = {finding.code for finding in twice}
    assert codes & {"repeated-rule", "contradictory-rules", "unreachable-rule", "no-subject"} != set()


@pytest.mark.slow
def test_more_rules_than_anybody_needs_are_refused_at_once() -> None:
    """A hundred tables of sixty rows on one term: comparing every two of them would take hours."""
    tables = [("any infection", [f"grade {number % 4 + 1}: continue (label)" for number in range(60)])] * 100
    assert [finding.code for finding in findings_of(protocol_with(tables))] == ["too-many-rules"]


def test_cases_that_are_too_many_to_tell_apart_are_said_to_be_so() -> None:
    pairs: list[Box] = [{("attribute", f"a{n}"): TRUE, ("attribute", f"b{n}"): TRUE} for n in range(40)]
    assert left_over({}, pairs) is None


NUMBERS = st.integers(0, 5).map(Decimal)
CUTS = st.tuples(NUMBERS, st.integers(0, 1))
STRETCHES = st.one_of(
    st.just(WHOLE),
    st.tuples(CUTS, CUTS).map(sorted).map(lambda cuts: Stretch(*cuts)).filter(lambda stretch: not stretch.empty),
)
LINES: list[Line] = [("grade",), ("time",), ("attribute", "liver tumour")]
BOXES = st.dictionaries(st.sampled_from(LINES), STRETCHES)
POINTS = st.fixed_dictionaries(dict.fromkeys(LINES, NUMBERS))


def holds(box: Box, point: dict[Line, Decimal]) -> bool:
    return all(stretch.low <= (point[line], 0) and (point[line], 1) <= stretch.high for line, stretch in box.items())


@given(BOXES, BOXES, POINTS)
def test_overlap_is_what_both_hold(one: Box, other: Box, point: dict[Line, Decimal]) -> None:
    common = overlap(one, other)
    assert (common is not None and holds(common, point)) == (holds(one, point) and holds(other, point))


@given(BOXES, BOXES, POINTS)
def test_what_the_inner_box_holds_the_outer_holds(one: Box, other: Box, point: dict[Line, Decimal]) -> None:
    if contains(one, other) and holds(other, point):
        assert holds(one, point)


@given(BOXES, st.lists(BOXES, max_size=5), POINTS)
def test_every_case_is_in_a_box_or_left_over(universe: Box, boxes: list[Box], point: dict[Line, Decimal]) -> None:
    left = left_over(universe, boxes)
    assert left is not None
    covered = any(holds(box, point) for box in boxes)
    assert any(holds(box, point) for box in left) == (holds(universe, point) and not covered)


@pytest.mark.parametrize(
    ("action", "strictness"),
    [
        (Action("continue"), Strictness.CONTINUE),
        (Action("re-escalate", levels_down=-1, re_escalation=True), Strictness.CONTINUE),
        (Action("reduce", levels_down=1), Strictness.REDUCE),
        (Action("hold", hold=True), Strictness.HOLD),
        (Action("hold and reduce", hold=True, levels_down=1), Strictness.HOLD_AND_REDUCE),
        (Action("discontinue", discontinue=True), Strictness.DISCONTINUE),
    ],
)
def test_discontinue_is_stricter_than_a_hold_and_that_than_a_reduction(action: Action, strictness: Strictness) -> None:
    assert action.strictness is strictness
