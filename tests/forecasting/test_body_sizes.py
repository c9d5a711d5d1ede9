"""Doses by weight, body surface or clearance: vials of what is recorded, else of the bodies that the rates expect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import fmean
from textwrap import dedent

import pytest

from scheduler.errors import InvalidText
from scheduler.folder.trying.planning import read_plan
from scheduler.forecasting.expecting.parse import parse_rates
from scheduler.forecasting.expecting.rates import AssumedSurface, BodySize, Chance, Course, Enrolment, Rates
from scheduler.forecasting.look_ahead import look_ahead
from scheduler.forecasting.simulating.body_sizes import sizes, wanted_of, with_surface
from scheduler.forecasting.simulating.enrolling import Expected
from scheduler.forecasting.simulating.futures import Begun
from scheduler.forecasting.weeks import Weeks
from scheduler.protocol.plan.study import StudyVersion
from scheduler.protocol.sentences.dosing.calculation import read_surface
from scheduler.views.patients import patient_of
from scheduler.views.pharmacy.dispensing import dispensing_list
from tests.forecasting.told import MONDAY, SITE, ahead, begun, units_of, version_of
from tests.laws.examples import one_in

PROTOCOL = """
study: BODY
version: "1.0"
title: One drug, by the body
study days: first dose is Day 1
horizon: 1 year after first dose
dates:
  first dose: {{when: 0 days after randomisation}}
arms: {{one: The only arm}}
treatments:
  drug:
    when:
      1: on first dose
      then: 21 days after the previous dose
    give: intravenously over 1 hour on day 1
    levels: {levels}
    {how}
products:
  drug: {{unit: {unit} vial}}
"""


def by(levels: str, unit: str, how: str = "") -> StudyVersion:
    return version_of(PROTOCOL.format(levels=levels, unit=unit, how=how))


PER_KG = by("6, 4 mg/kg", "100 mg")


def size(per_cent: int, **values: int) -> BodySize:
    named = {name.replace("_", " "): Decimal(value) for name, value in values.items()}
    return BodySize(Fraction(per_cent, 100), named, "S")


LIGHT_AND_HEAVY = (size(75, weight=60), size(25, weight=70))
"""360 mg are 4 vials of 100 mg, 420 mg are 5."""

SEED_SITE = Path(__file__).parents[2] / "examples" / "rego-tori-rt" / "site.yaml"

IN_FORCE = (
    "{on: 2026-03-02, event: randomised, arm: one}",
    "{on: 2026-03-02, event: given, treatment: drug, n: 1, amount: 360 mg}",
)
"""Dose 2 is due on 23 March, dose 3 on 13 April."""


@pytest.mark.parametrize(
    ("version", "values", "vials"),
    [
        (PER_KG, {"weight": 60}, 4),
        (PER_KG, {"weight": 67}, 5),  # 402 mg
        # Mosteller: the root of 165 x 62 / 3600 = 2.8417 is 1.6857, in charts 1.69; 85 times that is 143.65 mg.
        (by("85 mg/m2", "50 mg", "body surface: Mosteller"), {"height": 165, "weight": 62}, 3),
        # At most 1.6 m2: 136 mg; to 5 mg it is 135 mg.
        (
            by("85 mg/m2", "45 mg", "body surface: 'Mosteller, at most 1.6 m2'\n    round to: 5 mg"),
            {"height": 165, "weight": 62},
            3,
        ),
        # Calvert: 5 x (83 + 25) = 540 mg.
        (by("AUC 5, 4", "450 mg"), {"creatinine_clearance": 83}, 2),
    ],
)
def test_whoever_comes_needs_the_vials_of_their_body(version: StudyVersion, values: dict[str, int], vials: int) -> None:
    # One patient a week from Tuesday 3 March on; doses every third week.
    enrolment = (Enrolment(SITE.name, Decimal(1), Fraction(7), "S"),)
    rates = Rates(seed=3, runs=20, enrolment=enrolment, body_sizes=(size(100, **values),))
    simulated = ahead(rates, 9, version=version)
    assert {tally.unknown for tally in simulated.tallies.values()} == {0}
    doses = sum(sum(tally.units) for tally in simulated.tallies.values()) / (1000 * vials)
    assert doses == int(doses)
    flat = ahead(Rates(seed=3, runs=20, enrolment=enrolment), 9, version=by("6 mg", "100 mg"))
    assert doses == sum(sum(tally.units) for tally in flat.tallies.values()) / 1000


def test_mean_and_variance_are_those_of_the_closed_form() -> None:
    # In weeks 1 and 2 only those who came in that week need anything. So many of 4 and of 5 vials are Poisson numbers with
    # means 3 x 3/4 and 3 x 1/4: the mean is 4 x 2.25 + 5 x 0.75 = 12.75, the variance 16 x 2.25 + 25 x 0.75 = 54.75.
    runs = 400
    enrolment = (Enrolment(SITE.name, Decimal(3), Fraction(7), "S"),)
    rates = Rates(seed=11, runs=runs, enrolment=enrolment, body_sizes=LIGHT_AND_HEAVY)
    simulated = ahead(rates, 3, version=PER_KG)
    for week in (1, 2):
        units = units_of(simulated, week)
        mean, variance = fmean(units), fmean(each**2 for each in units) - fmean(units) ** 2
        assert abs(mean - 12.75) < 4 * (54.75 / runs) ** 0.5
        # The fourth cumulant is 256 x 2.25 + 625 x 0.75 = 1044.75.
        assert abs(variance - 54.75) < 4 * ((1044.75 + 2 * 54.75**2) / runs) ** 0.5
    # 20 days on which one can begin, with two bodies each.
    assert simulated.calendars == 40


def test_a_dose_that_hangs_on_no_body_draws_none() -> None:
    enrolment = (Enrolment(SITE.name, Decimal(3), Fraction(7), "S"),)
    plain = Rates(seed=11, runs=5, enrolment=enrolment)
    flat = by("6 mg", "100 mg")
    without = ahead(plain, 6, version=flat)
    with_sizes = ahead(Rates(seed=11, runs=5, enrolment=enrolment, body_sizes=LIGHT_AND_HEAVY), 6, version=flat)
    assert [tally.units for tally in with_sizes.tallies.values()] == [tally.units for tally in without.tallies.values()]
    assert with_sizes.calendars == without.calendars


def test_a_patients_own_weight_counts_whatever_is_expected() -> None:
    # 85 kg x 6 = 510 mg: 6 vials.
    own = begun(*IN_FORCE, "{on: 2026-03-02, event: attribute, name: weight, value: 85}", version=PER_KG)
    simulated = ahead(Rates(seed=1, runs=3, body_sizes=LIGHT_AND_HEAVY), 7, own, version=PER_KG)
    assert units_of(simulated, 3) == units_of(simulated, 6) == [6, 6, 6]
    assert simulated.presumed == {SITE.name: 0}


def every_story() -> Iterator[tuple[Fraction, tuple[int, int]]]:
    """Each body, and whether doses 2 and 3 are put off by two weeks, with its chance and the vials of weeks 3 and 6."""
    for of_body, weight in ((Fraction(3, 4), 60), (Fraction(1, 4), 70)):
        for second_late in (False, True):
            for third_late in (False, True):
                chance = of_body * (Fraction(1, 5) if second_late else Fraction(4, 5))
                day, vials = date(2026, 3, 23), Counter[int]()
                told = [f"{{on: 2026-03-02, event: attribute, name: weight, value: {weight}}}"]
                if second_late:
                    until = day + timedelta(days=14)
                    told.append(f"{{on: {day}, event: delayed, treatment: drug, n: 2, until: {until}}}")
                    # Dose 3 is then due on 27 April, after these weeks, where nothing more is drawn.
                    if third_late:
                        continue
                else:
                    chance *= Fraction(1, 5) if third_late else Fraction(4, 5)
                    if third_late:
                        told.append("{on: 2026-04-13, event: delayed, treatment: drug, n: 3, until: 2026-04-27}")
                weeks = Weeks(MONDAY, 7)
                patient = begun(*IN_FORCE, *told, version=PER_KG)
                known = patient_of(patient.version, patient.site, patient.log, subject="P-1")
                for line in dispensing_list([known], weeks.first, weeks.last, on=MONDAY).lines:
                    if line.date is not None and line.date > MONDAY:
                        vials[weeks.of(line.date)] += int(line.units or 0)
                yield chance, (vials[3], vials[6])


def test_where_nobody_recorded_a_weight_what_is_expected_stands_in_for_it_and_that_is_told() -> None:
    by_hand: dict[tuple[int, int], Fraction] = {}
    for chance, vials in every_story():
        by_hand[vials] = by_hand.get(vials, Fraction(0)) + chance
    assert sum(by_hand.values()) == 1
    # Put off from 23 March to 6 April is week 5; from 13 April to 27 April is after these weeks.
    assert by_hand == {
        (4, 4): Fraction(3, 4) * Fraction(16, 25),
        (4, 0): Fraction(3, 4) * Fraction(4, 25),
        (5, 5): Fraction(1, 4) * Fraction(16, 25),
        (5, 0): Fraction(1, 4) * Fraction(4, 25),
        (0, 0): Fraction(1, 5),
    }
    runs = 1000
    courses = {"drug": Course(delayed=Chance(Fraction(1, 5), "S", days=14))}
    rates = Rates(seed=4, runs=runs, courses=courses, body_sizes=LIGHT_AND_HEAVY)
    unknown = begun(*IN_FORCE, version=PER_KG)
    simulated = ahead(rates, 7, unknown, version=PER_KG)
    found = Counter(zip(units_of(simulated, 3), units_of(simulated, 6), strict=True))
    assert set(found) == set(by_hand)
    for vials, chance in by_hand.items():
        assert abs(found[vials] / runs - chance) < 4 * (float(chance * (1 - chance)) / runs) ** 0.5, vials
    assert simulated.presumed == {SITE.name: 1}
    told = look_ahead([PER_KG], {SITE.name: SITE}, [unknown], rates, Weeks(MONDAY, 7))
    assert [str(note.about) for note in told.notes if "stand in" in str(note.about)] == [
        f"At {SITE.name}, of 1 patient in the study nothing is recorded that a dose is worked out from (weight, height, "
        "creatinine clearance, age): the body sizes of the rates stand in for it."
    ]


def patient_by_surface(version: StudyVersion) -> Begun:
    return begun(
        "{on: 2026-03-02, event: randomised, arm: one}",
        "{on: 2026-03-02, event: attribute, name: weight, value: 62}",
        "{on: 2026-03-02, event: attribute, name: height, value: 165}",
        "{on: 2026-03-02, event: given, treatment: drug, n: 1, amount: 143 mg}",
        version=version,
    )


def test_a_formula_is_assumed_only_where_the_rates_say_so_and_the_protocol_does_not() -> None:
    # 85 mg/m2: by Mosteller 1.69 m2 are 143.65 mg, by Du Bois 0.007184 x 62^0.425 x 165^0.725 = 1.68 m2 are 142.8 mg. A vial of
    # 143 mg tells them apart.
    silent, says = by("85 mg/m2", "143 mg"), by("85 mg/m2", "143 mg", "body surface: Du Bois")
    mosteller = AssumedSurface(read_surface("Mosteller"), "S")
    for version, surface, units in [
        (silent, None, None),
        (silent, mosteller, 2),
        (says, mosteller, 1),
    ]:
        simulated = ahead(Rates(surface=surface), 4, patient_by_surface(version), version=version)
        (tally,) = simulated.tallies.values()
        assert (tally.unknown, units_of(simulated, 3)) == ((1, [0]) if units is None else (0, [units]))


REGIMENS = sorted((Path(__file__).parents[2] / "examples" / "regimens").glob("*/protocol.yaml"))
WHOLE = size(100, weight=63, height=164, creatinine_clearance=83, age=61)


@pytest.mark.parametrize("path", one_in(6, REGIMENS), ids=lambda path: path.parent.name)
def test_of_every_regimen_that_names_its_products_each_dose_is_counted(path: Path) -> None:
    planned = read_plan(path, SEED_SITE)
    version = with_surface(planned.version, read_surface("Mosteller"))
    site, day = planned.site, date(2026, 3, 10)
    for arm, plan in version.arms.items():
        weeks = Weeks(MONDAY, 12)
        expected = Expected(version, {site.name: site}, Rates(body_sizes=(WHOLE,)), weeks)
        (body,) = sizes([WHOLE], wanted_of(plan))
        needs = expected.begun(site.name, arm, day, body).first.needs.needs
        uncounted = {need.article.treatment for need in needs if need.units is None}
        assert uncounted <= {need.article.treatment for need in needs if need.article.product is None}, arm


def read(text: str, version: StudyVersion) -> Rates:
    return parse_rates(dedent(text), name="rates.yaml", versions=[version], sites=[SITE.name])


def test_what_a_file_says_of_bodies_is_told_with_its_source() -> None:
    version = by("85 mg/m2", "50 mg")
    rates = read(
        """\
        seed: 1
        sources: {B: "assumption: ours"}
        body surface: {formula: "Mosteller, at most 2 m2", source: B}
        body sizes:
          - {chance: 40 %, weight: 55 kg, height: 1.58 m, source: B}
          - {chance: 60 %, weight: 68.5 kg, height: 170 cm, creatinine clearance: 90 mL/min, age: 61 years, source: B}
        """,
        version,
    )
    assert [dict(each.values) for each in rates.body_sizes] == [
        {"weight": Decimal(55), "height": Decimal(158)},
        {"weight": Decimal("68.5"), "height": Decimal(170), "creatinine clearance": Decimal(90), "age": Decimal(61)},
    ]
    told = look_ahead([version], {SITE.name: SITE}, [], rates, Weeks(MONDAY, 1)).rates
    assert [str(each.about) for each in told] == [
        "40 % of the patients of whom nothing is recorded: weight 55 kg and height 158 cm",
        "60 % of the patients of whom nothing is recorded: weight 68.5 kg, height 170 cm, creatinine clearance 90 mL/min and "
        "age 61 years",
        "The protocol names no formula of the body surface for some doses: they are reckoned by Mosteller, at most 2 m2",
    ]
    assert {str(each.source) for each in told} == {"B: assumption: ours"}


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ("body sizes: [{chance: 90 %, weight: 60 kg, source: B}]", ["not-all-patients"]),
        ("body sizes: [{chance: 100 %, height: 160 cm, source: B}]", ["value-missing"]),
        ("body sizes: [{chance: 100 %, weight: 60 kg, source: C}]", ["unknown-source"]),
        ("body sizes: [{chance: 100 %, weight: 60, source: B}]", ["not-an-amount"]),
        ("body sizes: [{chance: 100 %, weight: 0 kg, source: B}]", ["not-an-amount"]),
        ("body sizes: [{chance: 100 %, weight: 60 cm, source: B}]", ["not-an-amount"]),
        ("body surface: {formula: Mosteller, source: C}", ["unknown-source"]),
        ("body surface: {formula: Haycock, source: B}", ["phrase"]),
    ],
)
def test_what_cannot_be_meant_is_a_finding(lines: str, codes: list[str]) -> None:
    with pytest.raises(InvalidText) as error:
        read(f"seed: 1\nsources: {{B: ours}}\n{lines}\n", PER_KG)
    assert [each.code for each in error.value.findings] == codes
