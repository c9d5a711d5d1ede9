"""Over how long each dose is given: the first doses longer than the later ones, counted by hand in doses that were given."""

from __future__ import annotations

import pytest

from scheduler.calendar.comparing.compare import compare_calendars
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.telling.explain import explain
from scheduler.errors import InvalidText
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.views.table_of_dates import short_table_of_dates, table_of_dates
from tests.dosing.story import told
from tests.laws.told import cited_events
from tests.studies.telling import calendar, codes, study

_GIVE = "15 mg intravenously over 90 minutes for dose 1, over 60 minutes for dose 2, over 30 minutes from dose 3"


def antibody(more: str = "", give: str = _GIVE, when: str = "21 days after the previous dose") -> StudyVersion:
    """Every 21 days from first dose: 90 minutes, then 60, then 30."""
    return study(
        f"""\
study days: first dose is Day 1
treatments:
  antibody:
    when: {{1: on first dose, then: {when}}}
    until: 6 doses
    open: any day
    give: {give}
{more}"""
    )


def given(n: int, day: str, more: str = "") -> str:
    return f"{day} given, treatment: antibody, n: {n}{more}\n"


def times(found: Calendar) -> list[str]:
    """The days, the doses that are given there, and over how long: "03-02 90 minutes"."""
    return [
        f"{each.n} {each.date:%m-%d} {each.dose.over if each.dose else each.status.value}"
        for each in found.entries
        if each.timeline == "antibody"
    ]


STARTED = "2026-02-27 first dose planned, to: 2026-03-02\n"


def test_each_dose_has_its_time() -> None:
    found = calendar(antibody(), STARTED)
    assert times(found) == [
        "1 03-02 90 minutes",
        "2 03-23 60 minutes",
        "3 04-13 30 minutes",
        "4 05-04 30 minutes",
        "5 05-25 30 minutes",
        "6 06-15 30 minutes",
    ]


def test_a_dose_that_was_not_given_takes_no_time() -> None:
    # Dose 1 was not given: dose 2 is the first that the patient gets, and is given slowly.
    found = calendar(antibody(), STARTED + "2026-03-02 not done, entry: antibody.1, reason: no drug\n")
    assert times(found)[1:4] == ["2 03-23 90 minutes", "3 04-13 60 minutes", "4 05-04 30 minutes"]
    # Dose 2 was left out: dose 3 is the second.
    found = calendar(antibody(), given(1, "2026-03-02") + "2026-03-23 not done, entry: antibody.2, reason: fever\n")
    assert times(found)[2:4] == ["3 04-13 60 minutes", "4 05-04 30 minutes"]
    # A late one that was left out changes no time.
    story = "".join(given(n, day) for n, day in ((1, "2026-03-02"), (2, "2026-03-23"), (3, "2026-04-13")))
    found = calendar(antibody(), story + "2026-05-04 not done, entry: antibody.4, reason: fever\n")
    assert times(found)[4:] == ["5 05-25 30 minutes", "6 06-15 30 minutes"]


def test_a_hold_changes_no_time() -> None:
    story = given(1, "2026-03-02") + "2026-03-20 held, treatment: antibody, reason: fever\n"
    found = calendar(antibody(), story + "2026-04-01 resumed, treatment: antibody\n")
    assert times(found)[:3] == ["1 03-02 90 minutes", "2 04-01 60 minutes", "3 04-22 30 minutes"]


def test_a_record_that_is_corrected_moves_the_times_of_what_is_to_come() -> None:
    before = given(1, "2026-03-02")
    after = before + "2026-03-02 struck, number: 2, reason: another patient\n"
    after += "2026-03-02 not done, entry: antibody.1, reason: no drug\n"
    version = antibody()
    was, now = calendar(version, before), calendar(version, after)
    assert times(was)[1] == "2 03-23 60 minutes"
    assert times(now)[1] == "2 03-23 90 minutes"
    changed = {
        each.entry: (each.before, each.after) for each in compare_calendars(was, now) if each.what.value == "dose"
    }
    assert changed["antibody.2"] == ("15 mg over 60 minutes", "15 mg over 90 minutes")
    assert "amount-asked" not in codes(now)


def test_a_dose_that_was_put_off_to_the_day_of_the_next_is_a_reason_of_its_time() -> None:
    # Days that count from the first dose: 2 and 23 March, 13 April. Dose 2 is put off to 13 April, so that dose 3 is the second.
    on_its_days = antibody(when="every 3 weeks from first dose")
    begun = STARTED + given(1, "2026-03-02")
    put_off = f"{begun}2026-03-10 delayed, treatment: antibody, n: 2, until: 2026-04-13\n"  # event 4
    before, after = calendar(on_its_days, begun), calendar(on_its_days, put_off)
    assert [times(found)[2] for found in (before, after)] == ["3 04-13 30 minutes", "3 04-13 60 minutes"]
    assert 4 in cited_events(after, after.by_id["antibody.3"])


def test_an_amount_that_is_recorded_is_given_over_the_time_of_its_dose() -> None:
    found = calendar(antibody(), given(1, "2026-03-02", ", amount: 15 mg"))
    assert times(found)[0] == "1 03-02 90 minutes"
    # Another amount is given over the time of its dose too; of nothing there is no time.
    found = calendar(antibody(), given(1, "2026-03-02", ", amount: 7 mg"))
    assert times(found)[:2] == ["1 03-02 90 minutes", "2 03-23 60 minutes"]
    found = calendar(antibody(), given(1, "2026-03-02", ", amount: 0 mg"))
    assert times(found)[0] == "1 03-02 None"


def test_where_doses_begin_again_their_times_do() -> None:
    version = antibody("    restart: more than 42 days after any dose, again from dose 1\n")
    story = given(1, "2026-03-02") + given(2, "2026-03-23")
    # 5 May is 43 days after 23 March: 8 in March, 30 in April, 5 in May.
    story += "2026-04-10 held, treatment: antibody, reason: fever\n2026-05-05 resumed, treatment: antibody\n"
    found = calendar(version, story)
    assert times(found)[2:5] == ["3 05-05 90 minutes", "4 05-26 60 minutes", "5 06-16 30 minutes"]


def test_beginning_again_with_slow_infusions_is_not_without_effect() -> None:
    """The amounts are alike, the times are not: nobody is to be told to leave the sentence out."""
    protocol = """\
study: OTHER
version: "1.0"
title: Another study
arms: {all: everybody}
study days: first dose is Day 1
treatments:
  antibody:
    when: {1: on first dose, then: 21 days after the previous dose}
    until: 6 doses
    give: GIVE
    restart: more than 42 days after any dose, again from dose 1
"""
    first_longer = protocol.replace(
        "GIVE", "15 mg intravenously over 90 minutes for dose 1, over 30 minutes from dose 2"
    )
    alike = protocol.replace("GIVE", "15 mg intravenously over 90 minutes")
    assert [
        [each.code for each in parse_protocol(text, name="protocol.yaml")[1] if each.code == "without-effect"]
        for text in (first_longer, alike)
    ] == [[], ["without-effect"]]


def test_the_days_of_a_cycle_are_counted_one_after_the_other() -> None:
    version = study(
        """\
study days: first dose is Day 1
cycles: {infusions: {when: {1: on first dose, then: 28 days after the previous cycle}, until: 2 cycles, open: any day}}
treatments:
  antibody:
    when: in every cycle on days 1, 8
    open: any day
    give: 15 mg intravenously over 60 minutes for doses 1-2, over 30 minutes from dose 3
"""
    )
    found = calendar(version, STARTED)
    assert times(found) == ["1 03-02 60 minutes", "1 03-09 60 minutes", "2 03-30 30 minutes", "2 04-06 30 minutes"]


def test_a_feed_takes_the_other_time_as_a_change() -> None:
    # On a clock of its own a dose does not count from the one before: its time still hangs on it.
    version = study(
        """\
study days: first dose is Day 1
cycles: {infusions: {when: {1: on first dose, then: 21 days after the previous cycle}, until: 2 cycles, open: any day}}
treatments:
  antibody:
    when: in every cycle on day 1
    open: any day
    give: 15 mg intravenously over 60 minutes for dose 1, over 30 minutes from dose 2
  other:
    when: in every cycle on day 1
    open: any day
    give: 5 mg intravenously
"""
    )
    story = "2026-03-02 given, treatment: other, n: 1\n2026-03-02 not done, entry: antibody.1, reason: no drug\n"
    left_out = calendar(version, story)
    struck = calendar(version, story + "2026-03-03 struck, number: 3, reason: it was given\n")
    assert [times(left_out)[1], times(struck)[1]] == ["2 03-23 60 minutes", "2 03-23 30 minutes"]
    assert left_out.by_id["antibody.2"].because.latest == 3
    assert struck.by_id["antibody.2"].because.latest == 4


def test_it_is_told_wherever_the_dose_stands() -> None:
    version, story = antibody(), given(1, "2026-03-02")
    found = calendar(version, story)
    answer = explain(found, "antibody.2", version, told(f"2026-02-27 randomised, arm: all\n{story}"))
    said = [line.sentence for line in answer.lines]
    assert "The dose is 15 mg over 60 minutes." in said
    assert any(_GIVE in line for line in said)
    dose = short_table_of_dates(found).columns.index("dose")
    assert [row[dose] for row in short_table_of_dates(found).rows][:2] == [
        "15 mg over 90 minutes",
        "15 mg over 60 minutes",
    ]
    table = table_of_dates(found, lambda because: ())
    over = table.columns.index("over")
    assert [row[over] for row in table.rows][:2] == ["90 minutes", "60 minutes"]


def test_why_it_is_another_time_is_told() -> None:
    version, story = antibody(), STARTED + "2026-03-02 not done, entry: antibody.1, reason: no drug\n"
    found = calendar(version, story)
    answer = explain(found, "antibody.2", version, told(f"2026-02-27 randomised, arm: all\n{story}"))
    said = [line.sentence for line in answer.lines]
    assert said.index("The dose is 15 mg over 90 minutes.") < next(
        index for index, line in enumerate(said) if "antibody.1" in line and "no drug" in line
    )


def test_one_time_for_all_doses_is_told_too() -> None:
    assert times(calendar(antibody(give="15 mg intravenously over 2 hours"), STARTED))[:1] == ["1 03-02 2 hours"]
    plain = calendar(antibody(give="15 mg intravenously"), STARTED)
    assert "over" not in table_of_dates(plain, lambda because: ()).columns


@pytest.mark.parametrize(
    ("give", "code"),
    [
        (
            "15 mg intravenously over 60 minutes for dose 1, over 30 minutes from dose 2 on days 1, 8",
            "times-without-number",
        ),
        ("15 mg intravenously over 60 minutes for doses 1-6, over 30 minutes from dose 7", "time-never-comes"),
    ],
)
def test_a_number_that_is_no_dose_is_a_finding(give: str, code: str) -> None:
    with pytest.raises(InvalidText) as refused:
        antibody(give=give)
    assert [finding.code for finding in refused.value.findings] == [code]
