"""Rules that the seed study does not have: by dose level, by blood count, by the patient's own baseline, by what was before."""

from __future__ import annotations

import pytest

from scheduler.protocol.parse import parse_protocol
from tests.calendar.proposals import patients
from tests.calendar.proposals.other_study import PROTOCOL, calendar, called_for, cited

REDUCE = "reduce by 1 level (75 mg)"
HOLD_AT_THE_LEVEL = "hold until grade 0-1 or baseline, then resume at the same level"
TWO_DOWN = "hold at least 7 days until grade 0-1, then resume 2 levels lower (50 mg)"


def rash(day: str, grade: int, ae: int = 1) -> str:
    return f"2026-{day} adverse event, ae: {ae}, term: Rash maculo-papular, grade: {grade}\n"


def fever(day: str, grade: int) -> str:
    return f"2026-{day} adverse event, ae: 1, term: Fever, grade: {grade}\n"


def regraded(day: str, grade: int) -> str:
    return f"2026-{day} regraded, ae: 1, grade: {grade}\n"


def level(day: str, number: int) -> str:
    dose = {0: 100, -1: 75, -2: 50}[number]
    return f"2026-{day} dose changed, treatment: tablet, level: {number}, dose: {dose} mg\n"


def measured(day: str, test: str, value: float, unit: str, limit: int | None = None) -> str:
    upper = f", upper_limit: {limit}" if limit is not None else ""
    return f"2026-{day} measured, test: {test}, value: {value}, unit: {unit}{upper}\n"


def alt(day: str, value: float) -> str:
    return measured(day, "ALT", value, "U/L", 40)


def platelets(day: str, value: float) -> str:
    return measured(day, "Platelets", value, "G/L")


def creatinine(day: str, value: float) -> str:
    return measured(day, "creatinine", value, "umol/L", 100)


@pytest.mark.parametrize(
    ("before", "grade", "calls_for"),
    [
        ("", 2, {"rash.2.3": REDUCE}),
        (level("03-09", -1), 2, {"rash.3.4": HOLD_AT_THE_LEVEL}),
        (level("03-09", -2), 2, {"rash.3.4": HOLD_AT_THE_LEVEL}),
        ("", 3, {"rash.5.3": TWO_DOWN}),
        (level("03-09", -2), 3, {"rash.4.4": "discontinue"}),
        ("", 1, {}),
    ],
    ids=["at the full dose", "one level down", "two levels down", "grade 3", "grade 3 at the lowest level", "grade 1"],
)
def test_the_level_in_force_decides(before: str, grade: int, calls_for: dict[str, str]) -> None:
    assert called_for(before + rash("03-10", grade)) == calls_for


def test_what_came_up_on_the_day_of_a_reduction_came_up_under_the_dose_of_before() -> None:
    assert called_for(level("03-10", -1) + rash("03-10", 2)) == {"rash.2.4": REDUCE}


def test_a_rule_by_level_cites_what_set_the_level() -> None:
    assert cited(level("03-09", -1) + rash("03-10", 2), "rash.3.4") == (3, 4)


@pytest.mark.parametrize(
    ("arm", "instead"),
    [
        ("alone", "discontinue tablet: there is no lower dose level"),
        ("both", "discontinue tablet: there is no lower dose level; infusion may go on"),
    ],
)
def test_two_levels_down_from_the_last_but_one_is_the_end_of_it(arm: str, instead: str) -> None:
    """The study has no rule of its own for that: the treatment ends."""
    story = level("03-09", -1) + rash("03-10", 3)
    (found,) = calendar(story, arm).proposals
    own, *_ = found.options
    assert (own.words, own.dose, own.of_protocol) == (instead, None, True)
    assert own.instead_of is not None
    assert own.instead_of.words == TWO_DOWN.removesuffix(" (50 mg)")
    action = own.action
    assert (action.discontinue, action.hold, action.levels_down, action.until, action.recovery, action.at_least) == (
        True,
        False,
        0,
        None,
        None,
        None,
    )


def test_choosing_the_end_ends_the_tablets_and_nothing_else() -> None:
    story = level("03-09", -1) + rash("03-10", 3) + "2026-03-10 decided, proposal: rash.5.4, action: '1'\n"
    found = calendar(story, "both")
    assert [run.status.value for run in found.by_id["tablet.1"].runs] == ["done", "planned", "planned", "cancelled"]
    assert found.by_id["infusion.2"].status.value == "planned"


@pytest.mark.parametrize(
    ("story", "calls_for"),
    [
        (fever("03-10", 1) + regraded("03-12", 2), ["fever.1.4"]),
        (fever("03-10", 2), []),
        (fever("03-10", 2) + regraded("03-12", 1), []),
        (fever("03-10", 2) + regraded("03-12", 2), []),
        (fever("03-10", 2) + regraded("03-11", 1) + regraded("03-12", 2), ["fever.1.5"]),
        (fever("03-10", 1) + regraded("03-12", 3), []),
    ],
    ids=["from 1 to 2", "the first grade", "better", "the same", "worse again", "beyond the row"],
)
def test_worse_than_before(story: str, calls_for: list[str]) -> None:
    assert list(called_for(story)) == calls_for


@pytest.mark.parametrize(
    ("value", "calls_for"),
    [
        (120, {}),
        (121, {"liver.1.3": "continue, liver tests every 3 days until below 3 x upper limit or baseline"}),
        (200, {"liver.1.3": "continue, liver tests every 3 days until below 3 x upper limit or baseline"}),
        (201, {"liver.2.3": "continue, ALT weekly until grade 0-1"}),
        (320, {"liver.2.3": "continue, ALT weekly until grade 0-1"}),
        (321, {"liver.3.3": "reduce by 1 level, ALT every 2 weeks for at least 4 weeks (75 mg)"}),
    ],
)
def test_above_leaves_its_number_out_and_to_takes_it_in(value: int, calls_for: dict[str, str]) -> None:
    assert called_for(alt("03-10", value)) == calls_for


@pytest.mark.parametrize(
    ("value", "calls_for"), [(75, {}), (74.9, {"platelets.3.3": REDUCE}), (50, {"platelets.3.3": REDUCE})]
)
def test_at_least_takes_its_number_in_and_below_leaves_it_out(value: float, calls_for: dict[str, str]) -> None:
    assert called_for(platelets("03-10", value)) == calls_for


HOLD = "hold until grade 0-1, then resume at the same level"


@pytest.mark.parametrize(
    ("values", "last"),
    [
        ([49], {"platelets.1.3": HOLD}),
        ([49, 100, 40], {"platelets.1.3": HOLD, "platelets.2.5": "discontinue"}),
        ([49, 74, 40], {"platelets.1.3": HOLD, "platelets.1.5": HOLD}),
        ([49, 75, 40], {"platelets.1.3": HOLD, "platelets.2.5": "discontinue"}),
        ([49, 45], {"platelets.1.3": HOLD}),
        ([60, 49], {"platelets.3.3": REDUCE, "platelets.1.4": HOLD}),
        ([49, 60], {"platelets.1.3": HOLD}),
    ],
    ids=[
        "too few",
        "again after it was over",
        "again before it was over is still the first time",
        "over at grade 1",
        "still too few",
        "fewer than before",
        "on the way back",
    ],
)
def test_few_platelets_count_in_episodes(values: list[int], last: dict[str, str]) -> None:
    days = ["03-10", "03-16", "03-20"]
    assert called_for("".join(platelets(day, value) for day, value in zip(days, values, strict=False))) == last


@pytest.mark.parametrize(
    ("first", "later", "calls_for"),
    [
        (80, 120, []),
        (80, 121, ["creatinine.1.4"]),
        (80, 240, ["creatinine.1.4"]),
        (80, 241, ["creatinine.2.4"]),
        (40, 61, ["creatinine.1.4"]),
    ],
)
def test_the_patients_own_baseline_counts_not_the_upper_limit(first: int, later: int, calls_for: list[str]) -> None:
    story = creatinine("03-02", first) + creatinine("03-10", later)
    assert list(called_for(story)) == calls_for


def test_a_value_after_the_first_dose_is_no_baseline() -> None:
    found = calendar(creatinine("03-03", 80) + creatinine("03-10", 200))
    assert found.proposals == ()
    assert {finding.code for finding in found.findings} == {"no-baseline"}


def test_a_recorded_baseline_goes_before_a_measured_one() -> None:
    recorded = "2026-03-02 attribute, name: baseline creatinine, value: 100\n"
    story = creatinine("03-02", 80) + recorded + creatinine("03-10", 150)
    assert called_for(story) == {}
    assert list(called_for(story.replace("value: 150", "value: 151"))) == ["creatinine.1.5"]


def test_what_nobody_recorded_is_read_as_no_and_that_is_told() -> None:
    story = creatinine("03-02", 80) + creatinine("03-10", 300)
    (found,) = calendar(story).proposals
    assert (found.id, found.assumed) == ("creatinine.2.4", ("smoker: not recorded, read as no",))
    yes = "2026-03-02 attribute, name: smoker, value: true\n"
    assert called_for(story.replace("2026-03-10", yes + "2026-03-10")) == {}


@pytest.mark.parametrize(
    ("back", "done", "planned"),
    [
        (alt("03-12", 119), ["03-12"], []),
        (alt("03-12", 120), ["03-12"], ["03-15", "03-18"]),
        (alt("03-12", 119) + alt("03-15", 90), ["03-12"], []),
    ],
    ids=["below three times", "three times is not below", "nothing after it was over"],
)
def test_extra_tests_go_on_until_the_value_is_good(back: str, done: list[str], planned: list[str]) -> None:
    found = calendar(alt("03-10", 160) + back)
    extra = [each for each in found.entries if each.timeline == "monitoring"]
    assert [f"{each.date:%m-%d}" for each in extra if each.status.value == "done"] == done
    assert [f"{each.date:%m-%d}" for each in extra if each.status.value == "planned"][: len(planned) or 1] == planned


def test_extra_tests_end_also_where_the_patient_is_back_at_the_own_baseline() -> None:
    baseline = "2026-03-02 attribute, name: baseline ALT, value: 140\n"
    again = calendar(baseline + alt("03-10", 160) + alt("03-13", 141))
    over = calendar(baseline + alt("03-10", 160) + alt("03-13", 140))
    ids = [[each.id for each in found.entries if each.timeline == "monitoring"] for found in (again, over)]
    assert (len(ids[0]) > 1, ids[1]) == (True, ["monitoring.4.1"])


@pytest.mark.parametrize(("value", "over"), [(120, True), (121, False)])
def test_extra_tests_until_a_grade_end_at_that_grade(value: int, over: bool) -> None:
    """ALT of grade 1 is up to three times the upper limit."""
    found = calendar(alt("03-10", 240) + alt("03-17", value))
    extra = [each.id for each in found.entries if each.timeline == "monitoring"]
    assert (extra == ["monitoring.3.1"]) is over


@pytest.mark.parametrize(
    ("changed", "calls_for"),
    [
        ("2026-03-24 medicine changed, name: prednisone, dose: 10 mg/d\n", []),
        ("2026-03-24 medicine changed, name: prednisone, dose: 10.5 mg/d\n", ["limits.1.3"]),
        ("2026-03-25 medicine changed, name: prednisone, dose: 10 mg/d\n", ["limits.1.3"]),
        ("2026-03-24 medicine changed, name: Prednisone, dose: 5 mg\n", []),
        ("2026-03-24 medicine changed, name: prednisone, dose: 1 g/d\n", ["limits.1.3"]),
        ("2026-03-24 medicine changed, name: prednisone\n", ["limits.1.3"]),
        ("2026-03-24 medicine stopped, name: prednisone\n", []),
        ("2026-03-25 medicine stopped, name: prednisone\n", ["limits.1.3"]),
        ("", ["limits.1.3"]),
    ],
    ids=[
        "down to 10 mg on the last day",
        "a little above",
        "a day late",
        "5 mg, by another spelling",
        "another unit",
        "nobody said how much",
        "stopped on the last day",
        "stopped a day late",
        "still given",
    ],
)
def test_prednisone_above_10_mg_for_more_than_two_weeks(changed: str, calls_for: list[str]) -> None:
    started = "2026-03-10 medicine started, name: prednisone, dose: 20 mg/d\n"
    assert list(called_for(started + changed)) == calls_for


def test_two_courses_of_prednisone_count_apart() -> None:
    story = """2026-03-10 medicine started, name: prednisone, dose: 20 mg/d
2026-03-20 medicine stopped, name: prednisone
2026-03-22 medicine started, name: prednisone, dose: 20 mg/d
2026-04-06 medicine stopped, name: prednisone
"""
    (found,) = calendar(story).proposals
    assert (found.id, str(found.raised)) == ("limits.1.5", "2026-04-06")


@pytest.mark.parametrize(
    ("second", "calls_for"), [("04-13", {"gap.1.4": "2026-05-26"}), ("04-14", {"gap.1.3": "2026-04-14"})]
)
def test_the_next_infusion_on_the_42nd_day_is_in_time(second: str, calls_for: dict[str, str]) -> None:
    given = f"""2026-03-02 given, treatment: infusion, n: 1
2026-{second} given, treatment: infusion, n: 2
"""
    found = calendar(given, "both")
    raised = {each.id: str(each.raised) for each in (*found.proposals, *found.proposals_to_come)}
    assert {name: raised[name] for name in calls_for} == calls_for
    assert ("gap.1.3" in raised) is ("gap.1.3" in calls_for)


def test_any_choice_stands_whatever_the_case_and_the_spaces() -> None:
    story = rash("03-10", 2) + "2026-03-10 decided, proposal: rash.2.3, action: 'Reduce  by 1 LEVEL'\n"
    (found,) = calendar(story).proposals
    assert (found.state.value, found.chosen) == ("decided as proposed", "reduce by 1 level")


def test_without_the_rule_nothing_is_proposed() -> None:
    version = parse_protocol(PROTOCOL.partition("rules:")[0], name="protocol.yaml")[0]
    assert called_for(rash("03-10", 3), version=version) == {}


@pytest.mark.parametrize(
    ("said", "smokes"),
    [
        ("true", True),
        ("'yes'", True),
        ("'Yes'", True),
        ("'present'", True),
        ("'TRUE'", True),
        ("false", False),
        ("'no'", False),
        ("'absent'", False),
        ("'formerly'", False),
    ],
)
def test_yes_and_no_in_the_words_that_people_write(said: str, smokes: bool) -> None:
    """The row is "without smoker"."""
    smoker = f"2026-03-05 attribute, name: Smoker, value: {said}\n"
    story = creatinine("03-02", 80) + smoker + creatinine("03-10", 300)
    assert (called_for(story) == {}) is smokes


def test_of_several_records_the_last_before_the_event_counts() -> None:
    yes = "2026-03-05 attribute, name: smoker, value: true\n"
    no = "2026-03-06 attribute, name: smoker, value: false\n"
    later = "2026-03-11 attribute, name: smoker, value: true\n"
    story = creatinine("03-02", 80) + yes + no + creatinine("03-10", 300) + later
    assert called_for(story) == {"creatinine.2.6": "discontinue"}
    assert cited(story, "creatinine.2.6") == (2, 3, 5, 6)


@pytest.mark.parametrize(
    ("values", "proposed"),
    [
        (["true"], ["3"]),
        (["false"], []),
        (["false", "true"], ["4"]),
        (["true", "true"], ["3"]),
        (["true", "false", "true"], ["3", "5"]),
        (["false", "false"], []),
    ],
)
def test_an_attribute_that_becomes_so_calls_for_it_once(values: list[str], proposed: list[str]) -> None:
    version = parse_protocol(
        PROTOCOL.replace(
            "  limits:\n    for: tablet\n    rows:\n",
            '  limits:\n    for: tablet\n    rows:\n      - "with smoker: discontinue (label)"\n',
        ),
        name="protocol.yaml",
    )[0]
    story = "".join(
        f"2026-03-{9 + at:02} attribute, name: smoker, value: {said}\n" for at, said in enumerate(values, 1)
    )
    found = called_for(story, version=version)
    assert found == {f"limits.1.{number}": "discontinue" for number in proposed}


SEED_ALT = "2026-{} measured, test: ALT, value: {}, unit: U/L, upper_limit: 40\n"


@pytest.mark.parametrize(
    ("between", "again"),
    [(121, "liver.3"), (120, "liver.4"), (80, "liver.4")],
    ids=["never below grade 2", "grade 1 takes in three times the limit", "twice the limit"],
)
def test_an_episode_of_a_value_is_over_at_the_grade_that_the_table_says(between: int, again: str) -> None:
    """Six times the upper limit, something between, and six times again: for the first time still, or for the second?"""
    values = [("03-10", 240), ("03-20", between), ("03-30", 240)]
    story = patients.CONTROL + "".join(SEED_ALT.format(day, value) for day, value in values)
    assert f"{again}.5" in patients.stands(story)


def test_a_stricter_decision_on_another_proposal_is_what_was_chosen() -> None:
    two = (
        rash("03-10", 2)
        + "2026-03-10 adverse event, ae: 2, term: Fever, grade: 1\n2026-03-11 regraded, ae: 2, grade: 2\n"
    )
    found = calendar(two + "2026-03-11 decided, proposal: rash.2.3, action: discontinue\n").proposals
    assert {each.id: (each.state.value, each.chosen, each.decided_by) for each in found} == {
        "rash.2.3": ("decided as proposed", "discontinue", (6,)),
        "fever.1.5": ("decided as proposed", "discontinue", (6,)),
    }


def test_a_laxer_decision_on_another_proposal_leaves_it_open() -> None:
    two = (
        rash("03-10", 2)
        + "2026-03-10 adverse event, ae: 2, term: Fever, grade: 1\n2026-03-11 regraded, ae: 2, grade: 2\n"
    )
    found = calendar(two + "2026-03-11 decided, proposal: rash.2.3, action: '1'\n").proposals
    assert {each.id: each.state.value for each in found} == {"rash.2.3": "decided as proposed", "fever.1.5": "open"}


@pytest.mark.parametrize("dose", ["10 mg/day", "10 mg/d", "10 mg"])
def test_a_daily_dose_in_the_units_that_people_write(dose: str) -> None:
    story = f"2026-03-10 medicine started, name: prednisone, dose: {dose}\n"
    assert called_for(story) == {}
    assert list(called_for(story.replace("10 mg", "11 mg"))) == ["limits.1.3"]
