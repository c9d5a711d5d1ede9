"""Changes from the baseline: in rows of a table, in what a dose waits for, and in what a visit hangs on. Counted by hand.

Dose 1 on Monday 2 March 2026, then every 21 days: 23 March, 13 April, 4 May. LVEF was 60 % on 27 February (event 2), so that 50 %
is 10 points below the baseline, and 54 % is 10 % of it below.
"""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.entries.because import Unknown
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from tests.dosing.story import told
from tests.studies.telling import WEEKDAYS, calendar, study

HEART = study("""
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 21 days after the previous cycle}
    give: intravenously
    levels: 6, 5 mg/kg
rules:
  heart:
    for: drug
    on: LVEF
    rows:
      - "below 50 % and at least 10 points below baseline: hold until at least 50 % and up to 15 points below baseline, then
         resume at the same level (label)"
      - "at least 16 points below baseline, 2nd time or later: discontinue (label)"
  kidney:
    for: drug
    rows:
      - "creatinine at least 1.5 times baseline: reduce by 1 level (label)"
      - "weight more than 10 % from baseline: continue with supportive care (label)"
  floor:
    for: drug
    rows: ["no lower level is left: discontinue (label)"]
sources: {label: The label}
""")
BEGAN = """2026-02-27 measured, test: LVEF, value: 60, unit: "%"
2026-03-02 given, treatment: drug, n: 1
"""
"""Events 2 and 3; event 1 is the randomisation."""


def lvef(day: str, value: str) -> str:
    return f'2026-{day} measured, test: LVEF, value: {value}, unit: "%"\n'


def of(story: str) -> Calendar:
    return calendar(HEART, story, until="2026-05-31", site=WEEKDAYS)


def stands(story: str) -> dict[str, str]:
    return {each.id: each.state.value for each in of(story).proposals}


@pytest.mark.parametrize(
    ("value", "fires"),
    [("50", False), ("49.9", True), ("49", True), ("45", True)],
)
def test_below_a_value_and_so_many_points_below_the_baseline(value: str, fires: bool) -> None:
    """50 % is 10 points below 60 %, and not below 50 %."""
    assert stands(BEGAN + lvef("03-20", value)) == ({"heart.1.4": "open"} if fires else {})


def test_below_the_value_alone_is_not_enough() -> None:
    """From 58 % to 49 % are 9 points."""
    assert stands(BEGAN.replace("60", "58") + lvef("03-20", "49")) == {}


def test_what_it_rests_on_is_cited_and_explained() -> None:
    found = of(BEGAN + lvef("03-20", "49"))
    assert found.proposals[0].events == (2, 3, 4)


def baselines(story: str) -> list[str]:
    """What a proposal says that it was compared with."""
    log = told(f"2026-02-27 randomised, arm: all\n{story}")
    found = calendar_of(HEART, WEEKDAYS, log, until=date(2026, 5, 31))
    lines = [line.sentence for each in found.proposals for line in explain(found, each.id, HEART, log).lines]
    return [line for line in lines if line.startswith("Compared")]


def test_a_proposal_names_the_baseline_with_its_value_and_day() -> None:
    assert baselines(BEGAN + lvef("03-20", "49")) == [
        "Compared with the baseline, left ventricular ejection fraction 60 % of Friday 27 February 2026 (event 2)."
    ]
    recorded = "2026-03-01 attribute, name: baseline weight, value: 60\n2026-03-02 given, treatment: drug, n: 1\n"
    assert baselines(recorded + "2026-03-20 measured, test: weight, value: 53, unit: kg\n") == [
        "Compared with the baseline, weight 60 kg of Sunday 1 March 2026 (event 2)."
    ]


def test_a_proposal_without_a_change_names_none() -> None:
    assert baselines(BEGAN + "2026-03-20 adverse event, ae: 1, term: fever, grade: 3\n") == []


def test_the_second_fall_of_so_many_points() -> None:
    """60 - 44 = 16 points on 20 March, better on 27 March, and again on 10 April."""
    story = BEGAN + lvef("03-20", "44") + lvef("03-27", "58") + lvef("04-10", "43")
    assert [name for name in stands(story) if name.startswith("heart.2")] == ["heart.2.6"]


def test_it_is_the_same_fall_while_it_lasts() -> None:
    """44 % and 42 % are both 16 points or more below 60 %: one time, not two."""
    assert [name for name in stands(BEGAN + lvef("03-20", "44") + lvef("03-27", "42")) if "heart.2" in name] == []


@pytest.mark.parametrize(
    ("value", "waits_for"),
    [
        (
            "49",
            (
                "LVEF 49 % is 11.0 points below baseline, a resume asks for at least 50 % and up to 15 points below baseline",
            ),
        ),
        ("50", ()),
    ],
)
def test_a_hold_waits_for_both(value: str, waits_for: tuple[str, ...]) -> None:
    story = BEGAN + lvef("03-20", "44") + "2026-03-20 decided, proposal: heart.1.4, action: '1', by: Dr Li\n"
    (found,) = (each for each in of(story + lvef("03-27", value)).proposals if each.id == "heart.1.4")
    assert found.resume_waits_for == waits_for


def test_with_another_baseline_enough_of_the_value_is_not_enough() -> None:
    """52 % is at least 50 %, and 18 points below 70 %."""
    story = BEGAN.replace("60", "70") + lvef("03-20", "44")
    story += "2026-03-20 decided, proposal: heart.1.4, action: '1', by: Dr Li\n"
    (found,) = (each for each in of(story + lvef("03-27", "52")).proposals if each.id == "heart.1.4")
    assert found.resume_waits_for == (
        "LVEF 52 % is 18.0 points below baseline, a resume asks for at least 50 % and up to 15 points below baseline",
    )


def test_without_a_baseline_nothing_is_proposed_and_it_is_asked_for() -> None:
    found = of("2026-03-02 given, treatment: drug, n: 1\n" + lvef("03-20", "44"))
    assert found.proposals == ()
    assert [str(each) for each in found.findings if each.code == "no-baseline"] == [
        "warning: 2026-03-20, event 3: left ventricular ejection fraction 44 % has no baseline, and the rules for drug compare "
        "it with "
        "one (record 'attribute' with name: baseline left ventricular ejection fraction, and its value in %) [no-baseline]"
    ]


@pytest.mark.parametrize(("at", "is_baseline"), [("09:30", True), ("10:00", True), ("14:00", False)])
def test_what_was_taken_after_the_first_dose_of_its_day_is_no_baseline(at: str, is_baseline: bool) -> None:
    """The first dose at 10:00. What was taken on that day counts up to then; without a baseline it is asked for one."""
    story = f"""2026-03-02 measured, at: "{at}", test: LVEF, value: 60, unit: "%"
2026-03-02 given, at: "10:00", treatment: drug, n: 1
"""
    found = of(story + lvef("03-20", "44"))
    assert [each.id for each in found.proposals] == (["heart.1.4"] if is_baseline else [])
    asked = [each.events for each in found.findings if each.code == "no-baseline"]
    assert asked == ([] if is_baseline else [(2,), (4,)])


@pytest.mark.parametrize(("weight", "fires"), [("54", False), ("53.9", True), ("66", False), ("66.1", True)])
def test_percent_of_the_baseline_to_either_side(weight: str, fires: bool) -> None:
    """10 % of 60 kg are 6 kg."""
    story = "2026-02-27 measured, test: weight, value: 60, unit: kg\n2026-03-02 given, treatment: drug, n: 1\n"
    story += f"2026-03-20 measured, test: weight, value: {weight}, unit: kg\n"
    assert stands(story) == ({"kidney.2.4": "continue"} if fires else {})


@pytest.mark.parametrize("value", ["53.9", "53.9 kg", "53900 g"])
def test_a_weight_that_was_recorded_for_the_dose_is_the_weight_for_a_rule(value: str) -> None:
    """Doses per kg go by the attribute: both its records, or one of them, are as good as a measurement."""
    before = "2026-02-27 {}\n2026-03-02 given, treatment: drug, n: 1\n2026-03-20 {}\n"
    told, now = "attribute, name: weight, value: 60", f"attribute, name: weight, value: {value}"
    measured = "measured, test: weight, value: {}, unit: kg"
    for story in (
        before.format(told, now),
        before.format(told, measured.format("53.9")),
        before.format(measured.format("60"), now),
    ):
        assert stands(story) == {"kidney.2.4": "continue"}
    assert of(before.format(told, now)).proposals[0].events == (2, 3, 4)


def test_a_weight_that_was_recorded_both_ways_is_one() -> None:
    story = "2026-02-27 attribute, name: weight, value: 60\n2026-03-02 given, treatment: drug, n: 1\n"
    story += (
        "2026-03-20 attribute, name: weight, value: 53.9\n2026-03-20 measured, test: weight, value: 53.9, unit: kg\n"
    )
    assert stands(story) == {"kidney.2.5": "continue"}


@pytest.mark.parametrize(("at", "is_baseline"), [("09:30", True), ("14:00", False)])
def test_a_weight_of_after_the_first_dose_is_no_baseline(at: str, is_baseline: bool) -> None:
    """60 kg on the day of the first dose, given at 10:00; then 53.9 kg."""
    story = f"""2026-03-02 attribute, at: "{at}", name: weight, value: 60
2026-03-02 given, at: "10:00", treatment: drug, n: 1
2026-03-20 attribute, name: weight, value: 53.9
"""
    assert stands(story) == ({"kidney.2.4": "continue"} if is_baseline else {})


@pytest.mark.parametrize(("now", "fires"), [("119", False), ("120", True)])
def test_times_the_baseline_in_another_unit(now: str, fires: bool) -> None:
    """0.905 mg/dL are 80 umol/L (113.12 g/mol), and 1.5 times as much are 120."""
    story = (
        "2026-02-27 measured, test: creatinine, value: 0.904960, unit: mg/dL\n2026-03-02 given, treatment: drug, n: 1\n"
    )
    story += f"2026-03-20 measured, test: creatinine, value: {now}, unit: umol/L\n"
    assert stands(story) == ({"kidney.1.4": "open"} if fires else {})


WAITS = study("""
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 21 days ±3 after the previous dose}
    give: 600 mg intravenously
    goes on when: LVEF at least 50 % and less than 10 points below baseline, values within 28 days
sources: {label: The label}
""")


def next_dose(story: str) -> tuple[str, list[str]]:
    """Dose 2 as it stands, and what is asked for it."""
    found = calendar(WAITS, story, until="2026-05-31", site=WEEKDAYS)
    entry = found.entry("drug.2")
    pending = [each for each in found.pending if each.id == "drug.2"]
    day = str(entry.date) if entry is not None else "waits"
    asked = [f"{each.message}: {each.hint}" for each in found.findings if each.code == "value-needed"]
    return day, asked + [each.what for p in pending for each in p.because.set_by if isinstance(each, Unknown)]


def test_a_dose_goes_on_less_than_ten_points_below_the_baseline() -> None:
    """51 % is 9 points below 60 %: dose 2 is on 23 March. 50 % is 10 points below, and it waits."""
    assert next_dose(BEGAN + lvef("03-20", "51")) == ("2026-03-23", [])
    assert next_dose(BEGAN + lvef("03-20", "50")) == ("waits", ["a value of LVEF less than 10 points below baseline"])


def test_it_goes_on_with_the_next_value_that_is_good_enough() -> None:
    assert next_dose(BEGAN + lvef("03-20", "50") + lvef("04-01", "52"))[0] == "2026-04-01"


def test_a_missing_baseline_moves_nothing_and_is_asked_for() -> None:
    story = "2026-03-02 given, treatment: drug, n: 1\n" + lvef("03-20", "44")
    # 44 % alone keeps it waiting; 55 % alone does not, and asks for what it is compared with.
    assert next_dose(story)[0] == "waits"
    assert next_dose(story.replace("44", "55")) == (
        "2026-03-23",
        ["value needed: baseline LVEF: record 'attribute' with name: baseline LVEF"],
    )


def test_a_recorded_baseline_answers_it() -> None:
    story = "2026-03-02 given, treatment: drug, n: 1\n" + lvef("03-20", "55")
    assert next_dose(story + "2026-03-20 attribute, name: baseline LVEF, value: 64\n") == ("2026-03-23", [])
    assert next_dose(story + "2026-03-20 attribute, name: baseline LVEF, value: 65\n")[0] == "waits"


@pytest.mark.parametrize(("at", "day"), [("09:30", "waits"), ("10:00", "waits"), ("10:01", "2026-03-23")])
def test_a_dose_goes_on_by_a_baseline_of_before_the_first_dose(at: str, day: str) -> None:
    """60 % on the day of dose 1, which was given at 10:00; 50 % is 10 points below. Later than the dose it is no baseline."""
    story = f"""2026-03-02 attribute, at: "{at}", name: LVEF, value: 60
2026-03-02 given, at: "10:00", treatment: drug, n: 1
"""
    assert next_dose(story + lvef("03-20", "50"))[0] == day


HANGS_ON = study("""
study days: first dose is Day 1
attributes: {LVEF: Ejection fraction in percent}
treatments:
  drug:
    when: {1: on first dose, then: 21 days ±3 after the previous dose}
    give: 600 mg intravenously
visits:
  heart: {when: 28 days after first dose, only if: LVEF at least 10 points below baseline}
sources: {label: The label}
""")


def visit(story: str) -> tuple[str, str]:
    found = calendar(HANGS_ON, story, until="2026-05-31", site=WEEKDAYS)
    entry = found.entry("heart.1")
    if entry is not None:
        return entry.status.value, str(entry.date)
    (pending,) = (each for each in found.pending if each.id == "heart.1")
    return "pending", " ".join(each.what for each in pending.because.set_by if isinstance(each, Unknown))


def test_a_visit_hangs_on_a_change() -> None:
    """28 days after Monday 2 March is 30 March."""
    dose = "2026-03-02 given, treatment: drug, n: 1\n"
    before, now = "2026-03-01 attribute, name: LVEF, value: 60\n", "2026-03-20 attribute, name: LVEF, value: {}\n"
    assert visit(before + dose + now.format(50)) == ("planned", "2026-03-30")
    assert visit(before + dose + now.format(51)) == ("cancelled", "None")
    assert visit(dose) == ("pending", "a record of LVEF")
    assert visit(dose + now.format(50)) == ("pending", "a record of baseline LVEF")
    assert visit(dose + now.format(50) + "2026-03-20 attribute, name: baseline LVEF, value: 60\n") == (
        "planned",
        "2026-03-30",
    )


@pytest.mark.parametrize(("at", "stands"), [("10:00", "planned"), ("10:01", "pending")])
def test_what_was_recorded_after_the_first_dose_is_no_baseline_of_a_branch(at: str, stands: str) -> None:
    """60 % on the day of dose 1, which was given at 10:00; then 50 %."""
    story = f"""2026-03-02 attribute, at: "{at}", name: LVEF, value: 60
2026-03-02 given, at: "10:00", treatment: drug, n: 1
2026-03-20 attribute, name: LVEF, value: 50
"""
    assert visit(story)[0] == stands
