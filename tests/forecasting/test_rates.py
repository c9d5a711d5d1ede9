"""A rates file: what it says, and everything that is wrong with it at once, each at its line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from textwrap import dedent

import pytest

from scheduler.errors import InvalidText
from scheduler.forecasting.expecting.parse import parse_rates
from scheduler.forecasting.expecting.rates import DAYS_A_MONTH, Chance, Course, Enrolment, Lot, Rates, Supply
from scheduler.protocol.parse import parse_protocol
from tests.protocol.test_schema import underlined
from tests.views.told import seed

SEED = Path(__file__).parents[2] / "examples" / "rego-tori-rt"
FOLFIRINOX = Path(__file__).parents[2] / "examples" / "regimens" / "folfirinox" / "protocol.yaml"


def read(text: str, version=None) -> Rates:
    return parse_rates(dedent(text), name="rates.yaml", versions=[version or seed()], sites=["Shanghai"])


def wrong(text: str, version=None) -> list[tuple[int, str, str]]:
    with pytest.raises(InvalidText) as error:
        read(text, version)
    return [(each.place.line, each.code, each.message) for each in error.value.findings if each.place is not None]


def test_what_it_says() -> None:
    rates = read(
        """
        seed: 7
        runs: 50
        weeks: 12
        sources: {S: "assumption: ours"}
        enrolment: [{site: Shanghai, patients: 4.5, per: month, from: 2026-06-01, source: S}]
        all patients: 108
        allocation: {control: 1, experimental: 2}
        treatments:
          regorafenib:
            end of treatment: {chance: 12.5 %, source: S}
            delayed: {chance: 8%, by: 1 week, source: S}
        supply:
          - site: Shanghai
            product: regorafenib
            stock: [{quantity: 30, expires: 2026-11-30}]
            on the way: [{quantity: 24, arrives: 2026-06-15}]
            lead time: 6 weeks
            order for: 50 days
            safety stock: 4
            source: S
        """
    )
    assert rates == Rates(
        seed=7,
        runs=50,
        weeks=12,
        enrolment=(Enrolment("Shanghai", Decimal("4.5"), DAYS_A_MONTH, "S", date(2026, 6, 1)),),
        most=108,
        allocation={"control": 1, "experimental": 2},
        courses={"regorafenib": Course(ended=Chance(Fraction(1, 8), "S"), delayed=Chance(Fraction(2, 25), "S", 7))},
        supplies=(
            Supply(
                site="Shanghai",
                drug="regorafenib",
                strength=None,
                lots=(Lot(30, date(2026, 11, 30)), Lot(24, None, date(2026, 6, 15))),
                lead=42,
                cover=50,
                safety=4,
                risk=Fraction(1, 20),
                shelf_life=None,
                source="S",
            ),
        ),
        sources={"S": "assumption: ours"},
    )


def test_everything_that_is_wrong_is_said_at_once_at_its_line() -> None:
    found = wrong(
        """\
        seed: 7
        sources: {S1: ours}
        enrolment:
          - {site: Shangai, patients: 3, per: week, source: S}
        allocation: {controll: 1}
        treatments:
          regorafinib: {discontinued: {chance: 5 %, source: S1}}
          toripalimab: {reduced: {chance: 5 %, source: S1}}
        supply:
          - {site: Shanghai, product: aspirin, lead time: 1 week, order for: 1 week, source: S1}
          - {site: Shanghai, product: regorafenib, strength: 20 mg, lead time: 1 week, order for: 1 week, source: S1}
          - {site: Shanghai, product: toripalimab, lead time: 1 week, order for: 1 week, source: S1}
          - {site: Shanghai, product: toripalimab, lead time: 2 weeks, order for: 1 week, source: S1}
        """
    )
    assert [(line, code) for line, code, _ in found] == [
        (4, "unknown-site"),
        (4, "unknown-source"),
        (5, "unknown-arm"),
        (7, "unknown-treatment"),
        (8, "no-levels"),
        (10, "unknown-product"),
        (11, "unknown-strength"),
        (13, "twice"),
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("runs: 0", "out-of-range"),
        ("weeks: 9999", "out-of-range"),
        ("enrolment: [{site: Shanghai, patients: -1, per: week, source: S}]", "below-0"),
        ("enrolment: [{site: Shanghai, patients: 5000, per: week, source: S}]", "too-many-patients"),
        (
            "enrolment: [{site: Shanghai, patients: 1, per: week, from: 2026-06-01, to: 2026-05-01, source: S}]",
            "runs-backwards",
        ),
        ("enrolment: [{site: Shanghai, patients: 1, per: day, source: S}]", "not-one-of"),
        ("allocation: {control: 0}", "nobody-allocated"),
        ("treatments: {regorafenib: {discontinued: {chance: 0.1, source: S}}}", "not-a-chance"),
        ("treatments: {regorafenib: {discontinued: {chance: 100.5 %, source: S}}}", "not-a-chance"),
        ("treatments: {regorafenib: {discontinued: {chance: 5 %}}}", "missing-key"),
        ("treatments: {regorafenib: {delayed: {chance: 5 %, by: 2 months, source: S}}}", "not-a-time"),
        ("treatments: {regorafenib: {stopped: {chance: 5 %, source: S}}}", "unknown-key"),
    ],
)
def test_what_cannot_be_meant_is_a_finding(line: str, code: str) -> None:
    assert [each[1] for each in wrong(f"seed: 1\nsources: {{S: ours}}\n{line}\n")] == [code]


def test_a_drug_that_goes_by_a_clock_is_put_off_with_it() -> None:
    version, _ = parse_protocol(FOLFIRINOX.read_text("utf-8"), name="protocol.yaml")
    text = """\
    seed: 1
    sources: {S: ours}
    treatments:
      oxaliplatin: {delayed: {chance: 5 %, by: 7 days, source: S}}
    """
    assert [each[:2] for each in wrong(text, version)] == [(4, "follows-another")]
    rates = read(text.replace("oxaliplatin:", "chemotherapy:"), version)
    assert rates.courses == {"chemotherapy": Course(delayed=Chance(Fraction(1, 20), "S", 7))}


def test_an_editor_underlines_nothing_in_it() -> None:
    assert underlined(SEED / "rates.yaml", "rates.schema.json") == []


def test_the_seed_study_has_rates_whose_sources_are_all_named() -> None:
    rates = read((SEED / "rates.yaml").read_text("utf-8"))
    assert [source for source, text in rates.sources.items() if "ssumption" not in text] == ["registration"]
    assert rates.most == 108
