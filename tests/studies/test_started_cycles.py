"""An end in the middle of a cycle: its days end too, unless the protocol gives a cycle that has started to its end."""

from __future__ import annotations

import pytest

from scheduler.calendar.entries.entry import Flag
from scheduler.calendar.telling.explain import explain
from scheduler.protocol.parse import parse_protocol
from tests.dosing.story import told as log_told
from tests.studies.telling import calendar, dates, runs, study

FINISHED = "and the end of the started cycle"


def alone(end: str) -> str:
    return f"""
study days: first dose is Day 1
treatments:
  tab:
    when: {{1: on first dose, then: 28 days ±3 after the previous cycle}}
    until: {end}
    open: any day
    give: 10 mg once daily by mouth on days 1-21
"""


def clock(end: str) -> str:
    return f"""
study days: first dose is Day 1
cycles:
  chemo: {{when: {{1: on first dose, then: 28 days ±3 after the previous cycle}}, until: {end}, open: any day}}
treatments:
  infusion: {{when: "in every cycle on days 1, 8, 15", give: 100 mg intravenously}}
  tab: {{when: in every cycle on day 1, give: 10 mg once daily by mouth on days 8-14}}
"""


STARTED = "2026-03-02 cycle started, treatment: tab, cycle: 1\n"
TWO = f"{STARTED}2026-03-30 cycle started, treatment: tab, cycle: 2\n"
FIRST_DAY = "2026-03-02 given, treatment: infusion, n: 1, day: 1\n"


@pytest.mark.parametrize("event", ["progressed", "new anticancer therapy"])
def test_the_started_cycle_goes_on_to_its_last_day_and_none_follows(event: str) -> None:
    # Cycle 2 from Monday 30 March; its day 21 is 19 April. The event is on its day 5, 3 April.
    named = "progression" if event == "progressed" else event
    story = f"{TWO}2026-04-03 {event}\n"
    stopped, finished = (calendar(study(alone(f"{named} {end}".strip())), story) for end in ("", FINISHED))
    assert runs(stopped, "tab.2")[1:] == ["2-5 03-31..04-03 10 mg + planned", "6-21 04-04..04-19 cancelled"]
    assert runs(finished, "tab.2")[1:] == ["2-21 03-31..04-19 10 mg + planned"]
    assert [found.by_id["tab.3"].status.value for found in (stopped, finished) if "tab.3" in found.by_id] == [
        "cancelled",
        "cancelled",
    ]


def test_a_date_ends_days_or_starts_alone() -> None:
    # 40 days after 2 March is 11 April, day 13 of cycle 2; before it, the last day is 10 April.
    for end, last in (
        ("40 days after first dose", "1-13 03-30..04-11 10 mg + planned"),
        ("before 40 days after first dose", "1-12 03-30..04-10 10 mg + planned"),
        (f"40 days after first dose {FINISHED}", "1-21 03-30..04-19 10 mg + planned"),
        (f"before 40 days after first dose {FINISHED}", "1-21 03-30..04-19 10 mg + planned"),
    ):
        found = calendar(study(alone(end)), STARTED)
        assert (runs(found, "tab.2")[0], "tab.3" in found.by_id) == (last, False)


def test_doses_on_days_of_a_cycle_are_given_to_its_end() -> None:
    # Progression on Thursday 5 March, day 4: without the sentence days 8 and 15, 9 and 16 March, are gone.
    story = f"{FIRST_DAY}2026-03-05 progressed\n"
    stopped, finished = (calendar(study(clock(f"progression {end}".strip())), story) for end in ("", FINISHED))
    days = ("infusion.1.8", "infusion.1.15", "infusion.2.1", "chemo.2")
    assert [stopped.by_id[each].status.value for each in days] == ["cancelled"] * 4
    assert [finished.by_id[each].status.value for each in days] == ["planned", "planned", "cancelled", "cancelled"]
    assert {n: day for n, day in dates(finished, "infusion").items() if day != "no date"} == {
        "1.1": "03-02",
        "1.8": "03-09",
        "1.15": "03-16",
    }
    assert runs(finished, "tab.1") == ["8-14 03-09..03-15 10 mg + planned"]


def test_a_date_inside_a_cycle_ends_the_doses_on_its_days_or_not() -> None:
    # 10 days after 2 March is 12 March: day 15, 16 March, is after it, and so is cycle 2.
    ends = ("10 days after first dose", f"10 days after first dose {FINISHED}")
    found = [dates(calendar(study(clock(end)), FIRST_DAY), "infusion") for end in ends]
    assert found == [{"1.1": "03-02", "1.8": "03-09"}, {"1.1": "03-02", "1.8": "03-09", "1.15": "03-16"}]


def test_a_dose_given_after_the_end_is_off_the_plan_only_where_its_cycle_is_not_finished() -> None:
    story = f"{FIRST_DAY}2026-03-05 progressed\n2026-03-09 given, treatment: infusion, n: 1, day: 8\n"
    found = [calendar(study(clock(f"progression {end}".strip())), story) for end in ("", FINISHED)]
    assert [Flag.NOT_PLANNED in each.by_id["infusion.1.8"].flags for each in found] == [True, False]
    assert [[each.code for each in one.findings] for one in found] == [
        ["progression-asks", "beyond-limit"],
        ["progression-asks"],
    ]


def test_an_end_before_the_cycle_starts_is_not_put_off() -> None:
    # Progression on 29 March, the day before cycle 2: none of it is given.
    story = f"{FIRST_DAY}2026-03-29 progressed\n2026-04-06 given, treatment: infusion, n: 2, day: 8\n"
    found = calendar(study(clock(f"progression {FINISHED}")), story)
    assert Flag.NOT_PLANNED in found.by_id["infusion.2.8"].flags
    assert found.by_id["infusion.2.15"].status.value == "cancelled"


def test_explain_says_the_sentence_and_the_event_that_did_not_take_the_dose_away() -> None:
    version = study(clock(f"progression {FINISHED}"))
    log = log_told(f"2026-02-27 randomised, arm: all\n{FIRST_DAY}2026-03-05 progressed\n")
    found = calendar(version, f"{FIRST_DAY}2026-03-05 progressed\n")
    told = str(explain(found, "infusion.1.8", version, log))
    assert f"progression {FINISHED}." in told
    assert "the disease has progressed. [event 3]" in told


def test_check_says_which_reading_holds_and_how_the_other_is_written() -> None:
    head = 'study: S\nversion: "1.0"\ntitle: S\narms: {all: all}\n'
    ends = ("progression", f"progression {FINISHED}", "before 12 months after first dose", "at most 6 cycles")
    found = [
        [(each.message, each.hint) for each in parse_protocol(head + text(end), name="p")[1] if "cycle" in each.code]
        for text in (alone, clock)
        for end in ends
    ]
    assert found == [
        [
            (
                f"this ends {name} in the middle of a cycle too: its day is the last day with a dose",
                "where a started cycle is finished, write: progression and the end of the started cycle",
            )
        ]
        if end == "progression"
        else [
            (
                f"a cycle of {name} that has started by then is given to its end; none starts after it",
                "where its days end too, write: progression",
            )
        ]
        if end.endswith("cycle")
        else [
            (
                f"this ends {name} in the middle of a cycle too: its day is the first day without a dose",
                "where a started cycle is finished, write: before 12 months after first dose and the end of the started cycle",
            )
        ]
        if end.startswith("before")
        else []
        for name in ("tab", "chemo")
        for end in ends
    ]
