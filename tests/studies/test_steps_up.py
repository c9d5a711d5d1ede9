"""A dose that goes up by steps, each confirmed by a named person. Days counted by hand.

Cycle 1 begins on Monday 2 March 2026 (event 2): day 8 is Monday 9 March, day 15 is 16 March, day 21 is 22 March; cycle 2 is
28 days later, on 30 March, days 1 to 21 up to 19 April.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.engine.proposals.raised import proposals_on
from scheduler.calendar.entries.deviation import Deviated
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.entries.proposal import State
from scheduler.calendar.telling.explain import explain
from scheduler.calendar.telling.explain_proposal import explain_proposal, find_proposal
from scheduler.site.site import EVERY_DAY
from scheduler.views.agenda.of_reader import agenda
from scheduler.views.patients import patient_of
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.reader.audience import Audience, Detail
from tests.asking.story import asked
from tests.dosing.story import told
from tests.studies.telling import WEEKDAYS, calendar, runs, study

REDOS = """
study days: first dose is Day 1
sources: {label: The label}
treatments:
  drug:
    when: {1: on first dose, then: 28 days after the previous cycle}
    open: any day
    give: once daily by mouth on days 1-21
    levels: 160, 120, 80 mg, start at level -2, up 1 level every 7 days in cycle 1 unless significant toxicity%s
products:
  drug: {unit: 40 mg tablet}
"""
STUDY, KEPT = study(REDOS % ""), study(REDOS % ", a lower level is kept")
RANDOMISED = "2026-02-27 randomised, arm: all\n"
BEGUN = "2026-03-02 cycle started, treatment: drug, cycle: 1\n"
UP_1 = "2026-03-09 decided, proposal: drug.step-1.2, action: up 1 level, by: Dr Example\n"
UP_2 = "2026-03-16 decided, proposal: drug.step-2.2, action: up 1 level, by: Dr Example\n"
REDUCED = "2026-03-12 dose changed, treatment: drug, level: -2, dose: 80 mg, reason: AE 1, by: Dr Example\n"


def found(story: str, until: str = "2026-05-10") -> Calendar:
    return calendar(STUDY, BEGUN + story, until=until)


def states(story: str, day: str) -> dict[str, str]:
    return {each.id: each.state.value for each in proposals_on(found(story), date.fromisoformat(day))}


def test_until_somebody_confirms_the_lower_level_is_planned() -> None:
    planned = found("")
    assert runs(planned, "drug.1") == ["1-1 03-02..03-02 80 mg + done", "2-21 03-03..03-22 80 mg + planned"]
    assert runs(planned, "drug.2") == ["1-21 03-30..04-19 80 mg + planned"]
    assert {dose.level for each in planned.entries for run in each.runs for dose in run.doses} == {-2}


def test_each_step_holds_from_the_day_of_its_confirmation_and_later_cycles_keep_it() -> None:
    assert runs(found(UP_1), "drug.1") == [
        "1-1 03-02..03-02 80 mg + done",
        "2-7 03-03..03-08 80 mg + planned",
        "8-21 03-09..03-22 120 mg + planned",
    ]
    both = found(UP_1 + UP_2)
    assert runs(both, "drug.1")[-2:] == ["8-14 03-09..03-15 120 mg + planned", "15-21 03-16..03-22 160 mg + planned"]
    assert runs(both, "drug.2") == ["1-21 03-30..04-19 160 mg + planned"]
    assert [each.code for each in both.findings] == []


def test_a_late_confirmation_holds_from_its_own_day() -> None:
    late = found(UP_1.replace("03-09", "03-11"))
    assert runs(late, "drug.1")[-2:] == ["2-9 03-03..03-10 80 mg + planned", "10-21 03-11..03-22 120 mg + planned"]


def test_a_step_is_to_come_until_its_day_and_open_on_it() -> None:
    assert states("", "2026-03-08") == {}
    assert states("", "2026-03-09") == {"drug.step-1.2": "open"}
    assert states(UP_1, "2026-03-16") == {"drug.step-1.2": "decided as proposed", "drug.step-2.2": "open"}


def test_the_step_says_what_is_confirmed_and_which_dose_it_leads_to() -> None:
    planned = found("")
    step = find_proposal(planned, "drug.step-1.2")
    assert step is not None
    assert step.state is State.TO_COME
    assert step.assumed == ("to be confirmed: no significant toxicity",)
    assert [(option.words, option.dose) for option in step.options if option.of_protocol] == [
        ("up 1 level", "120 mg"),
        ("stay at this level", None),
    ]
    said = explain_proposal(planned, step, STUDY, told(RANDOMISED + BEGUN))
    assert said.title == "Dose step 1, day 8 of cycle 1, drug: from Monday 9 March 2026, up 1 level (120 mg)."


def test_who_stays_stays_and_the_next_step_counts_from_there() -> None:
    stays = "2026-03-09 decided, proposal: drug.step-1.2, action: stay at this level, by: Dr Example\n"
    assert runs(found(stays + UP_2), "drug.1")[-2:] == [
        "2-14 03-03..03-15 80 mg + planned",
        "15-21 03-16..03-22 120 mg + planned",
    ]


@pytest.mark.parametrize(
    "rest",
    [
        "2026-03-06 held, treatment: drug, reason: AE 1\n",
        "2026-03-06 held, treatment: drug, reason: AE 1\n2026-03-10 resumed, treatment: drug, by: Dr Example\n",
        "2026-03-06 discontinued, treatment: drug, reason: AE 1, by: Dr Example\n",
        "2026-03-30 cycle started, treatment: drug, cycle: 2\n",
    ],
)
def test_no_step_while_held_or_ended_or_in_the_next_cycle(rest: str) -> None:
    assert "drug.step-1.2" not in states(rest, "2026-03-31")


def test_an_order_answers_a_step_and_before_its_day_it_is_asked() -> None:
    order = "dose changed, treatment: drug, level: -1, dose: 120 mg, by: Dr Example"
    assert states(f"2026-03-09 {order}\n", "2026-03-09") == {"drug.step-1.2": "decided as proposed"}
    early = asked(RANDOMISED + BEGUN, f"2026-03-05 {order}", today="2026-03-05", version=STUDY, site=WEEKDAYS)
    assert [each.code for each in early] == ["dose-raised"]
    assert asked(RANDOMISED + BEGUN, f"2026-03-09 {order}", today="2026-03-09", version=STUDY, site=WEEKDAYS) == ()


def test_after_a_reduction_a_lower_level_is_kept_where_the_protocol_says_so() -> None:
    story = BEGUN + UP_1 + REDUCED
    assert "drug.step-2.2" not in [each.id for each in proposals_on(calendar(KEPT, story), date(2026, 3, 16))]
    assert "drug.step-2.2" in [each.id for each in proposals_on(calendar(STUDY, story), date(2026, 3, 16))]
    raised = "2026-03-20 dose changed, treatment: drug, level: -1, dose: 120 mg, by: Dr Example\n"
    found = deviations_of(KEPT, WEEKDAYS, told(RANDOMISED + story + raised))
    assert [str(each.what) for each in found if each.kind is Deviated.DOSE_RAISED] == [
        "dose raised from level -2 to -1; a lower level is kept"
    ]
    assert [each.kind for each in deviations_of(STUDY, WEEKDAYS, told(RANDOMISED + story + raised))] == []


def test_an_order_and_a_decision_about_one_step_raise_it_once() -> None:
    # The option names 120 mg: it never leads to 160 mg, though the dose was raised by an order that day.
    order = "2026-03-09 dose changed, treatment: drug, level: -1, dose: 120 mg, by: Dr Example\n"
    for story in (order + UP_1.replace("03-09", "03-10"), UP_1 + order, UP_2 + UP_1.replace("03-09", "03-17")):
        last = runs(found(story), "drug.1")[-1]
        assert last.endswith("120 mg + planned")


def test_a_step_confirmed_after_a_reduction_is_one_level_up_from_there() -> None:
    # From 120 mg, reduced to 80 mg on day 16 (17 March): the second step, confirmed on day 17, leads to 120 mg and not to 160.
    reduced = REDUCED.replace("03-12", "03-17")
    last = runs(found(UP_1 + reduced + UP_2.replace("03-16", "03-18")), "drug.1")[-1]
    assert last == "17-21 03-18..03-22 120 mg + planned"


def test_the_dose_says_who_confirmed_it() -> None:
    said = explain(found(UP_1), "drug.1.8", STUDY, told(RANDOMISED + BEGUN + UP_1))
    assert "event 3" in [each.source for each in said.lines]


def test_a_confirmation_before_its_day_is_refused_and_on_it_nothing_is_asked() -> None:
    confirmed = UP_1.strip()
    early = confirmed.replace("2026-03-09", "2026-03-08")
    story = RANDOMISED + BEGUN
    assert [each.code for each in asked(story, early, today="2026-03-08", version=STUDY, site=WEEKDAYS)] == [
        "unknown-proposal"
    ]
    assert asked(story, confirmed, today="2026-03-09", version=STUDY, site=WEEKDAYS) == ()


def in_feed(story: str) -> set[str]:
    """What the patient's own feed says of tablets at full detail."""
    recorded = datetime(2026, 3, 9, tzinfo=UTC)
    feed = agenda(
        found(story),
        Audience.PATIENT,
        Detail.FULL,
        recorded=dict.fromkeys(range(1, 12), recorded),
        published=recorded,
        key=bytes(32),
        zone="Asia/Shanghai",
        as_of=date(2026, 3, 9),
    )
    return {f"{item.first:%m-%d} {item.description[0]}" for item in feed.items if item.summary == "drug"}


def test_a_feed_tells_the_lower_dose_until_it_is_confirmed() -> None:
    lower, higher = {"03-08 80 mg", "03-09 80 mg", "03-22 80 mg"}, {"03-08 80 mg", "03-09 120 mg", "03-22 120 mg"}
    assert {day for day in in_feed("") if day[:5] in ("03-08", "03-09", "03-22")} == lower
    assert {day for day in in_feed(UP_1) if day[:5] in ("03-08", "03-09", "03-22")} == higher
    assert not [day for day in in_feed("") if "80 mg" not in day]


def handed_out(story: str) -> list[tuple[str, object]]:
    patient = patient_of(STUDY, EVERY_DAY, told(RANDOMISED + BEGUN + story), subject="S-1")
    found = dispensing_list([patient], date(2026, 3, 1), date(2026, 3, 29))
    return [(each.entry, each.units) for each in found.everything]


def test_what_is_handed_out_is_for_the_lower_level_until_it_is_confirmed() -> None:
    # 2 tablets of 40 mg on each of 21 days. From day 8 on 3 on each of 14 days, 42; of the first 42 there are 28 left.
    assert handed_out("") == [("drug.1.1", 42)]
    assert handed_out(UP_1)[1:] == [("drug.1.8", 14)]
