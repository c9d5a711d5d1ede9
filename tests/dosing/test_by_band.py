"""Doses by age, weight, body mass index, body surface or creatinine clearance: which band, by which value of which day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from scheduler.calendar.entries.entry import Calendar, Flag
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.errors import InvalidText
from scheduler.exports.told import in_its_language
from scheduler.languages import Language
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.agenda.of_reader import agenda
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.days.attendance import days_left
from scheduler.views.patients import patient_of
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.reader.audience import Audience, Detail
from tests.asking.story import asked
from tests.dosing.story import told
from tests.feeds.patients import KEY

BEGUN = "2026-03-02 cycle started, treatment: drug, cycle: 1"
BY_AGE = ["age up to 75 years at first dose: the full dose", "age above 75 years at first dose: half the dose"]
BY_CLEARANCE = [
    "creatinine clearance at least 60 mL/min in force: the full dose",
    "creatinine clearance at least 30 to below 60 mL/min in force: 15 mg",
]


GIVE = "40 mg once daily by mouth on days 1-21"


def tablets(*bands: str, give: str = GIVE, more: str = "") -> StudyVersion:
    return parse_protocol(text_of(*bands, give=give, more=more), name="protocol.yaml")[0]


def text_of(*bands: str, give: str = GIVE, more: str = "") -> str:
    rows = "".join(f'\n      - "{band}"' for band in bands)
    return f"""
study: OTHER
version: "1.0"
title: Tablets
arms: {{all: everybody}}
study days: first dose is Day 1
treatments:
  drug:
    when: {{1: on first dose, then: 28 days ±3 after the previous cycle}}
    until: at most 3 cycles
    give: {give}
    dose by:{rows}
{more}
products:
  drug: {{unit: 5 mg tablet, pack: bottle of 30}}
"""


def calendar(version: StudyVersion, story: str) -> Calendar:
    return calendar_of(version, EVERY_DAY, told(story), subject="P-1", until=date(2026, 6, 30))


def doses(version: StudyVersion, story: str) -> list[str]:
    """The dosing days of all cycles, without the year: "03-02..03-22 20 mg"."""
    runs = [run for entry in calendar(version, story).entries for run in entry.runs]
    return [f"{run.first_date:%m-%d}..{run.last_date:%m-%d} {run.doses[0]}" for run in runs]


def told_of(version: StudyVersion, story: str) -> list[tuple[str, str, str | None]]:
    found = calendar(version, story).findings
    return [(each.code, each.message, each.entry) for each in found if each.code in ("value-needed", "no-band")]


@pytest.mark.parametrize(("age", "dose"), [("74", "40 mg"), ("75", "40 mg"), ("75.9", "40 mg"), ("76", "20 mg")])
def test_half_the_dose_above_75_years(age: str, dose: str) -> None:
    story = f"2026-02-27 attribute, name: age, value: {age}\n{BEGUN}"
    assert doses(tablets(*BY_AGE), story)[-1] == f"04-27..05-17 {dose}"


def test_the_value_at_first_dose_stays_whatever_is_recorded_afterwards() -> None:
    story = f"2026-02-27 attribute, name: age, value: 74\n{BEGUN}\n2026-04-01 attribute, name: age, value: 76"
    assert {each.split(" ", 1)[1] for each in doses(tablets(*BY_AGE), story)} == {"40 mg"}


def test_the_last_value_up_to_the_first_dose_counts() -> None:
    # Screened with 62, and 55 on the day of the first dose itself.
    rows = [row.replace("in force", "at first dose") for row in BY_CLEARANCE]
    story = f"""2026-02-20 attribute, name: creatinine clearance, value: 62
    2026-03-02 attribute, name: creatinine clearance, value: 55
    {BEGUN}
    2026-03-20 attribute, name: creatinine clearance, value: 90"""
    assert {each.split(" ", 1)[1] for each in doses(tablets(*rows), story)} == {"15 mg"}


def test_a_value_in_force_counts_from_its_own_day_on() -> None:
    story = f"""2026-02-27 attribute, name: creatinine clearance, value: 70
    {BEGUN}
    2026-03-10 attribute, name: creatinine clearance, value: 45
    2026-04-20 attribute, name: creatinine clearance, value: 60"""
    assert doses(tablets(*BY_CLEARANCE), story) == [
        "03-02..03-02 40 mg",
        "03-03..03-09 40 mg",
        "03-10..03-22 15 mg",
        "03-30..04-19 15 mg",
        "04-27..05-17 40 mg",
    ]


def test_a_missing_value_is_asked_and_no_dose_is_planned() -> None:
    version = tablets(*BY_AGE)
    assert doses(version, BEGUN)[-1] == "04-27..05-17 age needed"
    message = "value needed: the dose of drug depends on age, and no age is recorded"
    assert told_of(version, BEGUN) == [("value-needed", message, "drug.1")]
    entry = calendar(version, BEGUN).entry("drug.2")
    assert entry is not None
    assert Flag.VALUE_NEEDED in entry.flags
    assert entry.dose is not None
    assert entry.dose.amount is None


def test_without_its_value_the_pharmacy_is_told_no_number_and_the_coordinator_asks() -> None:
    version, log = tablets(*BY_AGE), told(BEGUN)
    patient = patient_of(version, EVERY_DAY, log, subject="P-1")
    lines = dispensing_list((patient,), date(2026, 3, 23), date(2026, 4, 10)).lines
    assert [(each.entry, each.units, each.note) for each in lines] == [("drug.2.1", None, "age needed")]
    decisions = worklist((patient,), date(2026, 3, 3)).decisions
    assert [(each.entry, str(each.to_do)) for each in decisions if each.status == "value needed"] == [
        (
            "drug.1.1",
            "value needed: the dose of drug depends on age, and no age is recorded: "
            "record 'attribute' with name: age and its value in years",
        )
    ]


def test_a_value_in_no_band_is_told_and_no_dose_is_planned() -> None:
    story = f"2026-02-27 attribute, name: creatinine clearance, value: 29.5\n{BEGUN}"
    version = tablets(*BY_CLEARANCE)
    assert doses(version, story)[-1] == "04-27..05-17 a decision needed"
    message = (
        "no band of the protocol is for creatinine clearance 29.5 mL/min of 2026-02-27: the dose of drug is not known"
    )
    assert told_of(version, story) == [("no-band", message, "drug.1")]


def test_an_age_that_may_be_another_by_now_is_asked_again() -> None:
    # 75 on 27 February 2025: from 27 February 2026 on the patient is at least 76. At 60, a year more makes no difference.
    rows = [row.replace("at first dose", "in force") for row in BY_AGE]
    old = f"2025-02-27 attribute, name: age, value: 75\n{BEGUN}"
    assert doses(tablets(*rows), old)[-1] == "04-27..05-17 age needed"
    message = "value needed: the dose of drug depends on age, and the age of 2025-02-27 is out of date"
    assert told_of(tablets(*rows), old) == [("value-needed", message, "drug.1")]
    assert doses(tablets(*rows), old.replace("75", "60"))[-1] == "04-27..05-17 40 mg"
    # 75 on 20 March 2026 can be 76 on the day after: the age counts for a month, to 20 April, and then has to be asked again.
    later = f"2026-03-20 attribute, name: age, value: 75\n2026-02-20 attribute, name: age, value: 75\n{BEGUN}"
    assert doses(tablets(*rows), later)[-2:] == ["03-30..04-19 40 mg", "04-27..05-17 age needed"]


def test_an_age_of_more_than_a_year_ago_may_be_two_years_more_by_now() -> None:
    # 74 on 20 December 2024: 75 or, from any birthday before 2 March 2026 on, 76. At 73 it is 74 or 75, which is one band.
    old = "2024-12-20 attribute, name: age, value: {}\n" + BEGUN
    assert doses(tablets(*BY_AGE), old.format(74))[-1] == "04-27..05-17 age needed"
    assert doses(tablets(*BY_AGE), old.format(73))[-1] == "04-27..05-17 40 mg"


def test_of_several_values_the_lowest_dose_counts() -> None:
    weight = ["weight below 50 kg at first dose: 10 mg", "weight at least 50 kg at first dose: the full dose"]
    version = tablets(*BY_AGE, *weight)
    body = "2026-02-27 attribute, name: age, value: {}\n2026-02-27 attribute, name: weight, value: {}\n" + BEGUN
    found = {
        (age, kg): doses(version, body.format(age, kg))[-1].split(" ", 1)[1] for age in (60, 80) for kg in (49, 50)
    }
    assert found == {(60, 49): "10 mg", (60, 50): "40 mg", (80, 49): "10 mg", (80, 50): "20 mg"}


def test_a_level_that_was_reduced_is_halved() -> None:
    # Level -1 is 30 mg, half of it 15 mg.
    version = tablets(*BY_AGE, give="once daily by mouth on days 1-21", more="    levels: 40, 30, 20 mg")
    story = f"""2026-02-27 attribute, name: age, value: 80
    {BEGUN}
    2026-03-30 dose changed, treatment: drug, level: -1, dose: 30 mg"""
    assert doses(version, story)[-1] == "04-27..05-17 15 mg"


def test_by_body_mass_index_and_by_body_surface() -> None:
    body = f"2026-02-27 attribute, name: weight, value: 60\n2026-02-27 attribute, name: height, value: 180\n{BEGUN}"
    # 60 / (1.8 x 1.8) = 18.52, said as 18.5: not below. The root of 180 x 60 / 3600 is 1.73 m2.
    index = [
        "body mass index below 18.5 kg/m2 at first dose: 20 mg",
        "body mass index at least 18.5 kg/m2 at first dose: 30 mg",
    ]
    surface = ["body surface below 1.73 m2 in force: 20 mg", "body surface at least 1.73 m2 in force: 35 mg"]
    assert doses(tablets(*index), body)[-1] == "04-27..05-17 30 mg"
    assert doses(tablets(*index), body.replace("60", "59.5"))[-1] == "04-27..05-17 20 mg"
    assert doses(tablets(*surface, more="    body surface: Mosteller"), body)[-1] == "04-27..05-17 35 mg"


def test_a_share_of_a_dose_per_kg_is_worked_out() -> None:
    # Half of 10 mg/kg is 5 mg/kg; times 60 kg are 300 mg.
    version = tablets(*BY_AGE, give="10 mg/kg intravenously", more="    weight: in force")
    story = f"""2026-02-27 attribute, name: age, value: 80
    2026-02-27 attribute, name: weight, value: 60
    {BEGUN.replace("cycle started", "given").replace("cycle: 1", "n: 1")}"""
    log = told(story)
    found = calendar_of(version, EVERY_DAY, log, until=date(2026, 6, 30))
    assert str(found.by_id["drug.2"].dose) == "300 mg"
    lines = [line.sentence for line in explain(found, "drug.2", version, log).lines]
    assert [line for line in lines if line.startswith(("By band", "Worked out"))] == [
        "By band: age 80 years of 2026-02-27, 'age above 75 years at first dose': 50 % of 10 mg/kg = 5 mg/kg.",
        "Worked out: 5 mg/kg x 60 kg (weight of 2026-02-27) = 300 mg.",
    ]


def test_the_reason_says_the_band_the_value_and_its_day() -> None:
    version = tablets(*BY_CLEARANCE)
    log = told(f"{BEGUN}\n2026-03-10 attribute, name: creatinine clearance, value: 45")
    found = calendar_of(version, EVERY_DAY, log, subject="P-1", until=date(2026, 6, 30))
    lines = [line.sentence for line in explain(found, "drug.2.1", version, log).lines]
    by_band = (
        "creatinine clearance 45 mL/min of 2026-03-10, 'creatinine clearance at least 30 to below 60 mL/min in force'"
    )
    assert f"By band: {by_band}: 15 mg." in lines
    assert any(line.endswith("creatinine clearance at least 30 to below 60 mL/min in force: 15 mg.") for line in lines)
    patient = patient_of(version, EVERY_DAY, log, subject="P-1")
    (line,) = dispensing_list((patient,), date(2026, 3, 23), date(2026, 4, 10)).lines
    assert (line.units, line.dose) == (63, Decimal(15))
    assert (line.note or "").endswith(f"by band: {by_band}")


def test_inside_a_cycle_the_pharmacy_relabels() -> None:
    version = tablets(*BY_CLEARANCE)
    log = told(f"""2026-02-27 attribute, name: creatinine clearance, value: 70
    {BEGUN}
    2026-03-02 dispensed, treatment: drug, cycle: 1, quantity: 180
    2026-03-10 attribute, name: creatinine clearance, value: 45""")
    patient = patient_of(version, EVERY_DAY, log, subject="P-1")
    lines = dispensing_list((patient,), date(2026, 3, 3), date(2026, 3, 20)).lines
    assert [(each.entry, each.work, each.dose, each.units) for each in lines] == [
        ("drug.1.9", "relabel", Decimal(15), 0)
    ]


def test_what_was_given_stays_and_the_planned_dose_is_that_of_the_band() -> None:
    version = tablets(*BY_AGE)
    story = f"2026-02-27 attribute, name: age, value: 80\n{BEGUN}"
    (line,) = exposure_of(version, EVERY_DAY, told(story), date(2026, 3, 29)).lines
    assert (line.delivered, line.planned) == (Decimal(420), Decimal(420))


def test_a_cycle_that_begins_without_its_value_is_asked() -> None:
    version = tablets(*BY_AGE)
    before = "2026-02-27 randomised, arm: all"
    questions = asked(before, BEGUN, today="2026-03-02", version=version, site=EVERY_DAY)
    assert [(each.code, str(each.hint)) for each in questions if each.code == "amount-not-known"] == [
        ("amount-not-known", "record 'attribute' with name: age first")
    ]
    known = asked(f"{before}\n2026-02-27 attribute, name: age, value: 60", BEGUN, today="2026-03-02", version=version)
    assert [each.code for each in known if each.code == "amount-not-known"] == []


FAULTS = {
    "bands-overlap": [
        "age up to 75 years at first dose: the full dose",
        "age at least 75 years at first dose: half the dose",
    ],
    "bands-differ": ["age up to 75 years at first dose: the full dose", "age above 75 years in force: half the dose"],
    "unit-mismatch": ["age up to 75 years at first dose: the full dose", "age above 75 years at first dose: 20 mL"],
    "no-formula": ["body surface below 1.5 m2 in force: 20 mg", "body surface at least 1.5 m2 in force: the full dose"],
    "cannot-be-made": ["age up to 75 years at first dose: the full dose", "age above 75 years at first dose: 12 mg"],
}


@pytest.mark.parametrize("code", FAULTS)
def test_bands_that_cannot_be(code: str) -> None:
    with pytest.raises(InvalidText) as caught:
        tablets(*FAULTS[code])
    assert {each.code for each in caught.value.findings} == {code}


def test_an_amount_beside_levels_is_refused() -> None:
    rows = ["age up to 75 years at first dose: the full dose", "age above 75 years at first dose: 20 mg"]
    with pytest.raises(InvalidText) as caught:
        tablets(*rows, give="once daily by mouth on days 1-21", more="    levels: 40, 30, 20 mg")
    assert [(each.code, each.hint) for each in caught.value.findings] == [("band-of-levels", _LEVELS_OF_THEIR_OWN)]


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        (["age above 75 years at first dose: half the dose"], "below 'age above 75 years at first dose'"),
        (["age up to 75 years at first dose: the full dose"], "above 'age up to 75 years at first dose'"),
        (
            ["weight below 50 kg in force: 10 mg", "weight above 50 kg in force: the full dose"],
            "between 'weight below 50 kg in force' and 'weight above 50 kg in force'",
        ),
        (["age up to 75 years at first dose: the full dose", "age at least 76 years at first dose: 20 mg"], None),
    ],
)
def test_whom_no_band_is_for_is_told(rows: list[str], missing: str | None) -> None:
    found = [each.message for each in parse_protocol(text_of(*rows), name="protocol.yaml")[1]]
    assert found == (
        [f"no band is for patients {missing}: their dose is left to the investigator"] if missing is not None else []
    )


STEPS = '["40 mg once daily by mouth on days 1-7", "20 mg once daily by mouth on days 8-14"]'
FOR_THE_LIGHT = (
    "'30 mg' is given in place of each of the doses of drug: 40, 20 mg (write a share, such as: half the dose; "
    "or a treatment with steps of their own, and under it: only if: weight below 55 kg)"
)


@pytest.mark.parametrize(
    ("give", "dose", "told"), [(STEPS, "30 mg", [FOR_THE_LIGHT]), (STEPS, "half the dose", []), (GIVE, "30 mg", [])]
)
def test_an_amount_in_place_of_every_step_is_told(give: str, dose: str, told: list[str]) -> None:
    # A taper of 40, then 20 mg: '30 mg' for the light would stay in week 2, when everybody else goes down.
    bands = [f"weight below 55 kg at first dose: {dose}", "weight at least 55 kg at first dose: the full dose"]
    found = parse_protocol(text_of(*bands, give=give), name="protocol.yaml")[1]
    assert [f"{each.message} ({each.hint})" for each in found if each.code == "band-of-steps"] == told


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.CHINESE])
def test_a_patient_is_told_of_no_dose_that_is_open(language: Language) -> None:
    states = [calendar_of(tablets(*BY_AGE), EVERY_DAY, told(BEGUN), subject="P-1", until=date(2026, 4, 30))]
    start = datetime(2026, 1, 1, tzinfo=UTC)
    seen = in_its_language(
        agenda(
            states[-1],
            Audience.PATIENT,
            Detail.FULL,
            language,
            recorded={1: start},
            published=start,
            key=KEY,
            zone="Europe/Berlin",
            as_of=date(2026, 3, 5),
            left=days_left(states),
        )
    )
    texts = [" ".join((item.summary, *item.description)) for item in seen.items]
    assert any("Drug" in text for text in texts)
    assert [text for text in texts if " mg" in text] == []


@pytest.mark.parametrize("value", ["unknown", "'1951-02-28'", "true", "about 75"])
def test_an_age_that_is_no_number_is_told(value: str) -> None:
    story = f"2026-02-27 attribute, name: age, value: 60\n2026-03-01 attribute, name: age, value: {value}\n{BEGUN}"
    assert codes_of(tablets(*BY_AGE), story) == ["unread-unit"]


def test_an_age_in_months_by_mistake_is_told() -> None:
    story = f"2026-02-27 attribute, name: age, value: 750\n{BEGUN}"
    assert "impossible-value" in codes_of(tablets(*BY_AGE), story)


def test_a_value_that_is_only_measured_changes_no_dose_and_that_is_told() -> None:
    # A clearance of 40 as a measurement would go unseen: the dose stays 40 mg by the 80 of the attribute.
    story = f"""2026-02-27 attribute, name: creatinine clearance, value: 80
    {BEGUN}
    2026-03-10 measured, test: CrCl, value: 40, unit: mL/min"""
    assert doses(tablets(*BY_CLEARANCE), story)[-1] == "04-27..05-17 40 mg"
    assert codes_of(tablets(*BY_CLEARANCE), story) == ["measured-only"]
    both = f"{story}\n2026-03-10 attribute, name: creatinine clearance, value: 40"
    assert doses(tablets(*BY_CLEARANCE), both)[-1] == "04-27..05-17 15 mg"
    assert codes_of(tablets(*BY_CLEARANCE), both) == []


def codes_of(version: StudyVersion, story: str) -> list[str]:
    return [each.code for each in calendar(version, story).findings]


_LEVELS_OF_THEIR_OWN = (
    "write a share of the level, such as: half the dose; or levels of their own: levels 10, 5, 2.5 mg"
)


def test_an_age_counts_for_the_first_dose_that_is_planned_until_it_is_recorded() -> None:
    # 75 years on 15 February, and perhaps 76 since: on Monday 2 March that is current, on Monday 23 March it is out of date.
    text = text_of(*BY_AGE).replace("1: on first dose", "1: on Study Day 22")
    other = "\n  infusion: {when: on first dose, give: 10 mg intravenously}\nproducts:"
    version = parse_protocol(text.replace("\nproducts:", other), name="protocol.yaml")[0]
    age = "2026-02-15 attribute, name: age, value: 75 years\n2026-02-27 randomised, arm: all\n"
    planned = f"{age}2026-02-28 first dose planned, to: 2026-03-02\n"  # event 3
    given = f"{planned}2026-03-02 given, treatment: infusion, n: 1, amount: 10 mg\n"
    for story in (planned, given):
        entry = calendar_of(version, EVERY_DAY, told(story), until=date(2026, 4, 1)).by_id["drug.1"]
        assert (entry.date, [str(dose) for dose in entry.doses]) == (date(2026, 3, 23), ["40 mg"])
    late = f"{age}2026-02-28 first dose planned, to: 2026-03-17\n"  # more than a month after the record
    entry = calendar_of(version, EVERY_DAY, told(late), until=date(2026, 5, 1)).by_id["drug.1"]
    assert [str(dose) for dose in entry.doses] == ["age needed"]


THIRDS = [
    "creatinine clearance at least 30 mL/min in force: the full dose",
    "creatinine clearance below 30 mL/min in force: {} of the dose",
]


@pytest.mark.parametrize(("share", "dose"), [("one third", "15 mg"), ("two thirds", "30 mg")])
def test_a_third_of_the_dose(share: str, dose: str) -> None:
    # 45 mg: a third is 15 mg, two thirds are 30 mg.
    version = tablets(*(each.format(share) for each in THIRDS), give="45 mg once daily by mouth on days 1-21")
    story = f"2026-02-20 attribute, name: creatinine clearance, value: 25\n{BEGUN}"
    assert doses(version, story)[:2] == [f"03-02..03-02 {dose}", f"03-03..03-22 {dose}"]


def test_a_third_that_does_not_end_is_a_finding() -> None:
    with pytest.raises(InvalidText, match="one third of 40 is no amount that ends"):
        tablets(*(each.format("one third") for each in THIRDS))
    version = tablets(*(each.format("one third") for each in THIRDS), more="    round to: 5 mg")
    story = f"2026-02-20 attribute, name: creatinine clearance, value: 25\n{BEGUN}"
    # 13.33 mg, to the nearest 5 mg.
    assert doses(version, story)[:2] == ["03-02..03-02 15 mg", "03-03..03-22 15 mg"]
