"""The seed study's two tables, row by row, as a clinician would ask them; and what holds for all of their rules."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.rules import Attribution, GradeIs
from scheduler.protocol.plan.values import ValueIs
from scheduler.vocabulary import TERMS, TESTS
from tests.protocol.rules.asking import answer

PATH = Path(__file__).parents[3] / "examples" / "rego-tori-rt" / "protocol.yaml"
VERSION, _ = parse_protocol(PATH.read_text("utf-8"), name="protocol.yaml")
RULES = VERSION.arms["experimental"].rules
ASKED: dict[str, dict[str, dict[str, str]]] = yaml.load(
    (Path(__file__).parent / "seed.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader
)
CASES = [
    (treatment, finding, case, said)
    for treatment, findings in ASKED.items()
    for finding, cases in findings.items()
    for case, said in cases.items()
]


@pytest.mark.parametrize(("treatment", "finding", "case", "said"), CASES)
def test_case(treatment: str, finding: str, case: str, said: str) -> None:
    assert answer(RULES, treatment, finding, case) == said.strip()


def test_every_row_leads_somewhere() -> None:
    leading = {said.rpartition("(")[2].rstrip(") \n") for *_, said in CASES if said != "nothing"}
    assert leading == {rule.id for rule in RULES}


def test_control_has_the_rules_of_regorafenib_only() -> None:
    control = VERSION.arms["control"].rules
    assert control == tuple(rule for rule in RULES if rule.treatment == "regorafenib")
    assert (len(control), len(RULES)) == (38, 82)


def test_every_rule_says_where_it_comes_from() -> None:
    sources = {*VERSION.sources, *VERSION.assumptions}
    assert [rule.id for rule in RULES if not rule.clause.assumptions] == []
    assert [rule.id for rule in RULES if not set(rule.clause.assumptions) <= sources] == []


def test_rules_stand_where_the_text_has_them() -> None:
    lines = PATH.read_text("utf-8").splitlines()
    said = {rule.id: lines[rule.clause.line - 1].strip().strip('- "')[:40] for rule in RULES}
    assert said == {rule.id: rule.clause.text[:40] for rule in RULES}


def test_toripalimab_is_never_reduced() -> None:
    down = {action.levels_down for rule in RULES if rule.treatment == "toripalimab" for action in rule.actions}
    assert down == {0}


def test_nothing_is_raised_again() -> None:
    assert [
        rule.id for rule in RULES for action in rule.actions if action.re_escalation or action.levels_down < 0
    ] == []


def test_terms_and_tests_are_spelled_as_ctcae_does() -> None:
    asked = [condition for rule in RULES for condition in rule.conditions]
    terms = {term for condition in asked if isinstance(condition, GradeIs) for term in condition.terms}
    tests = {test for condition in asked if isinstance(condition, ValueIs) for test in condition.tests}
    assert (terms - set(TERMS), tests - set(TESTS)) == (set(), set())


def test_what_other_tables_name_is_no_other_reaction() -> None:
    other = next(rule for rule in RULES if rule.id == "other-reactions.2")
    assert {"Palmar-plantar erythrodysesthesia syndrome", "Sepsis", "Alanine aminotransferase increased"} <= set(
        other.except_for
    )
    assert {"Diarrhea", "Pneumonitis", "Dermatitis radiation"} & set(other.except_for) == set()


def test_other_immune_reactions_must_be_recorded_as_related() -> None:
    attributed = {rule.table: rule.attributed for rule in RULES}
    assert {table for table, to in attributed.items() if to is Attribution.THIS} == {"other-immune-reactions"}
    assert {to for table, to in attributed.items() if table != "other-immune-reactions"} == {
        Attribution.THIS_OR_NOTHING
    }


def test_facts_of_lesser_certainty_are_assumptions() -> None:
    """What nobody could show in a label stands on an assumption: hypertension, grade 1-2 of anything, recovery at grade 2."""
    cited = {rule.id: set(rule.clause.assumptions) for rule in RULES}
    assert {row: sorted(cited[row]) for row in ("hypertension.1", "hypertension.5", "other-reactions.1")} == {
        "hypertension.1": ["A15"],
        "hypertension.5": ["A15"],
        "other-reactions.1": ["A18"],
    }
    assert ["A18" in cited[row] for row in ("other-reactions.2", "other-reactions.3")] == [True, True]
