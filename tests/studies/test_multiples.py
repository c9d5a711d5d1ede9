"""A dose as a multiple of another: a loading dose of twice the later one, half of another treatment's. Worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scheduler.errors import InvalidText
from tests.studies.telling import calendar, entry, study

LOADED = """
study days: first dose is Day 1
treatments:
  pertuzumab:
    when: {1: on first dose, then: 21 days after the previous dose}
    give:
      - 2 x dose 2 intravenously over 60 minutes of dose 1
      - 420 mg intravenously over 30 minutes of doses 2 and later
  maintenance:
    when: 42 days after first dose
    give: 6 mg/kg intravenously
  booster:
    when: 63 days after first dose
    give: one third of the maintenance dose intravenously
"""
WEIGHED = "2026-02-27 attribute, name: weight, value: 60 kg\n2026-03-02 given, treatment: pertuzumab, n: 1\n"


def test_a_multiple_is_worked_out_and_rests_on_both_sentences() -> None:
    """2 x 420 = 840 mg; a third of 6 mg/kg is 2 mg/kg, of 60 kg 120 mg."""
    found = calendar(study(LOADED), WEIGHED, until="2026-05-31")
    doses = {name: str(entry(found, name).dose) for name in ("pertuzumab.1", "pertuzumab.2", "booster.1")}
    assert doses == {
        "pertuzumab.1": "840 mg",
        "pertuzumab.2": "420 mg",
        "booster.1": "120 mg",
    }
    rests_on = [str(getattr(reason, "text", "")) for reason in entry(found, "booster.1").because.set_by]
    assert [text for text in rests_on if "intravenously" in text] == [
        "one third of the maintenance dose intravenously",
        "6 mg/kg intravenously",
    ]


@pytest.mark.parametrize(
    ("multiple", "of", "message", "hint"),
    [
        ("2 x the maintenence dose", "", "'maintenence' is no treatment of this arm", "did you mean 'maintenance'?"),
        ("2 x the zzz dose", "", "'zzz' is no treatment of this arm", "known here: booster, maintenance, pertuzumab"),
        ("2 x the pertuzumab dose", "", "pertuzumab has several doses", "say which, by its number: pertuzumab dose 2"),
        (
            "2 x pertuzumab dose 1",
            "",
            "the dose of pertuzumab is no amount that can be multiplied",
            "write the amount itself",
        ),
        (
            "2 x maintenance dose 2",
            "6 mg/kg intravenously of dose 1",
            "maintenance has no such dose",
            "write the amount itself, or",
        ),
        ("2 x the maintenance dose", "2 Gy", "the dose of maintenance is no amount", "write the amount itself"),
        (
            "one third of the maintenance dose",
            "8 mg intravenously",
            "that part of 8 mg is no number that ends",
            "write the amount",
        ),
        (
            "0.5 x the maintenance dose",
            "AUC 5-6 prescribed intravenously",
            "is prescribed",
            "so is this one: AUC 2.5-3 prescribed",
        ),
        (
            "3.5 x the maintenance dose",
            "50, 75 or 100 mg prescribed intravenously",
            "is prescribed",
            "so is this one: 175, 262.5 or 350 mg prescribed",
        ),
        (
            "half the maintenance dose",
            "intravenously\n    levels: 120, 80 mg",
            "the dose of maintenance goes by levels, which change",
            "give this treatment levels of its own: levels: 60, 40 mg",
        ),
        (
            "50 % of the maintenance dose",
            "intravenously\n    levels: {all: 'AUC 6, 5'}",
            "the dose of maintenance goes by levels, which change",
            "give this treatment levels of its own: levels: AUC 3, 2.5",
        ),
        (
            "2 x the maintenance dose",
            "{all: 6 mg/kg intravenously}\n    at most: 600 mg a dose",
            "the dose of maintenance depends on the patient",
            "write the amount itself, with 'dose by' or 'at most' of its own",
        ),
        (
            "half the maintenance dose",
            "25 mg twice daily by mouth",
            "maintenance is given twice daily: how often is this?",
            "write 'twice daily' too, or 'once'",
        ),
        (
            "2 x the maintenance dose",
            "{a: 6 mg intravenously, b: [8 mg intravenously]}",
            "maintenance has several doses",
            "write the amount itself",
        ),
    ],
)
def test_what_is_no_fixed_amount_is_told_with_the_amounts_to_write(
    multiple: str, of: str, message: str, hint: str
) -> None:
    text = LOADED.replace("one third of the maintenance dose", multiple)
    text = text.replace("give: 6 mg/kg intravenously", f"give: {of or '6 mg/kg intravenously'}")
    with pytest.raises(InvalidText) as refused:
        study(text)
    (told,) = [each for each in refused.value.findings if each.code in ("multiple-of-what", "unknown-treatment")]
    assert message in told.message
    assert str(told.hint).startswith(hint)
    assert [each for each in refused.value.findings if each.code in ("no-give", "no-amount")] == []


def test_how_often_a_multiple_is_taken_stands_in_its_own_sentence() -> None:
    """Half of 25 mg, twice daily or once: 12.5 mg a dose."""
    for often in ("twice daily", "once"):
        text = LOADED.replace(
            "one third of the maintenance dose intravenously", f"half the maintenance dose {often} by mouth on days 1-7"
        )
        text = text.replace("give: 6 mg/kg intravenously", "give: 25 mg twice daily by mouth on days 1-7")
        (give,) = study(text).arms["all"].timelines["booster"].gives
        assert (give.amount, give.frequency) == (Decimal("12.5"), often)
