"""A cycle that was called for when it began, and is not any more: its days that are left wait for a decision.

The second induction is on Sunday 22 March 2026, its days 1 to 3 are 22, 23 and 24 March; on the 23rd the marrow is read again.
"""

from __future__ import annotations

import pytest

from scheduler.calendar.entries.because import Event
from scheduler.calendar.entries.entry import Calendar, Flag, Status
from scheduler.site.site import EVERY_DAY
from tests.asking.story import asked
from tests.dosing.story import told
from tests.laws.told import cited_events, latest_of
from tests.studies.telling import calendar, codes, dates, entry, runs, study
from tests.studies.test_branches import AML, GIVEN, leukaemia

BEGUN = (
    f"{GIVEN}{leukaemia('03-17', 'true')}2026-03-22 cycle started, treatment: induction, cycle: 2\n"  # events 3 and 4
)
NOT_ANY_MORE = BEGUN + leukaemia("03-23", "false")  # event 5


def flagged(found: Calendar) -> list[int]:
    """The days of the second induction that await a decision."""
    waits = [run for run in entry(found, "induction.2").runs if Flag.AWAITING_DECISION in run.flags]
    return [day for run in waits for day in range(run.first_day, run.last_day + 1)]


def test_the_days_from_the_record_on_await_a_decision_that_cites_it() -> None:
    found = calendar(AML, NOT_ANY_MORE)
    assert flagged(found) == [2, 3]
    assert Event(5) in entry(found, "induction.2").runs[-1].because.set_by
    (told_so,) = [each for each in found.findings if each.code == "branch-ended"]
    assert (told_so.entry, told_so.events) == ("induction.2", (5,))
    assert told_so.message == (
        "induction.2 had begun, and from 2026-03-23 on it is no longer so: only if marrow-14 shows residual leukaemia"
    )
    assert told_so.hint == (
        "the investigator decides: record 'discontinued' or 'held' for induction, "
        "or 'reviewed' with number: 5 where the cycle goes on to its end"
    )


@pytest.mark.parametrize(
    ("answer", "last"),
    [
        ("discontinued, treatment: induction, reason: 'other: no leukaemia left'", Status.CANCELLED),
        ("held, treatment: induction", Status.HELD),
        ("reviewed, number: 5", Status.PLANNED),
    ],
)
def test_an_order_or_a_look_at_the_record_answers_it(answer: str, last: Status) -> None:
    found = calendar(AML, f"{NOT_ANY_MORE}2026-03-23 {answer}\n")
    assert flagged(found) == []
    assert entry(found, "induction.2").runs[-1].status is last
    assert "branch-ended" not in codes(found)


@pytest.mark.parametrize(
    "story",
    [
        BEGUN,
        BEGUN + leukaemia("03-23", "true"),
        NOT_ANY_MORE + leukaemia("03-24", "true"),
        BEGUN + leukaemia("03-26", "false"),  # after its last day
        BEGUN.replace("true", "false"),  # it never was called for: that is told of the cycle itself
    ],
)
def test_nothing_waits_where_it_is_so_or_nothing_is_left(story: str) -> None:
    found = calendar(AML, story)
    assert "branch-ended" not in codes(found)
    assert flagged(found) == []


def test_said_once_more_it_waits_since_the_first_time() -> None:
    found = calendar(AML, NOT_ANY_MORE + leukaemia("03-24", "false"))
    assert flagged(found) == [2, 3]
    assert runs(found, "induction.2")[0].startswith("1-1 03-22..03-22")


def test_a_look_at_it_may_be_recorded() -> None:
    log = f"2026-02-27 randomised, arm: all\n{NOT_ANY_MORE}"
    assert told(log).records[4].number == 5
    assert asked(log, "2026-03-23 reviewed, number: 5", version=AML, site=EVERY_DAY) == ()


@pytest.mark.parametrize(("left", "comes"), [("2026-03-30", {}), ("2026-03-31", {"1": "03-30"})])
def test_the_day_of_leaving_a_group_is_the_first_day_outside_it(left: str, comes: dict[str, str]) -> None:
    # 28 days after 2 March is 30 March.
    blood = study("""
groups: {subset: Who gives blood}
study days: first dose is Day 1
treatments:
  vaccine: {when: on first dose, give: 0.5 mL intramuscularly}
visits:
  blood: {when: 28 days after first dose, only for: subset}
""")
    joined = "2026-03-02 joined, group: subset\n2026-03-02 given, treatment: vaccine, n: 1\n"
    assert dates(calendar(blood, f"{joined}{left} left, group: subset\n"), "blood") == comes


# what the records of before said is a reason, too


def test_a_number_that_a_fact_had_left_out_cites_the_fact_that_left_it_out() -> None:
    # The marrow of the 15th shows leukaemia, and corrected on that day none: there is no second induction. On the 26th it
    # shows leukaemia after all. Without the second record, event 4, it would have come seven days after the marrow.
    said_so = GIVEN + leukaemia("03-15", "true")
    found = calendar(AML, said_so + leukaemia("03-15", "false") + leukaemia("03-26", "true"))
    without = calendar(AML, said_so + leukaemia("03-26", "true"))
    assert (dates(found, "induction")["2"], dates(without, "induction")["2"]) == ("03-26", "03-22")
    assert 4 in cited_events(found, entry(found, "induction.2"))


MAINTAINED = study("""
study days: first dose is Day 1
attributes:
  remission: Still in remission
treatments:
  consolidation:
    when: {1: on first dose, then: 28 days after the previous cycle}
    until: 2 cycles
    give: 1000 mg intravenously on day 1
  maintenance:
    when: {1: 28 days after consolidation cycle 2, then: 28 days after the previous cycle}
    until: 2 cycles
    only if: remission
    give: 50 mg once daily by mouth on days 1-28
""")


def test_what_ended_for_another_reason_cites_the_fact_by_which_it_would_have_been_for_the_patient() -> None:
    # Without a remission no maintenance; its consolidation is given up; and then there is a remission.
    begun = "2026-03-02 cycle started, treatment: consolidation, cycle: 1\n"  # event 2
    given_up = begun + (
        "2026-03-10 attribute, name: remission, value: false\n"
        "2026-03-10 discontinued, treatment: consolidation, reason: tired\n"
    )
    before = calendar(MAINTAINED, given_up)
    after = calendar(MAINTAINED, f"{given_up}2026-03-11 attribute, name: remission, value: true\n")
    assert [entry(found, "maintenance.1").flags for found in (before, after)] == [(Flag.NOT_FOR_PATIENT,), ()]
    assert [latest_of(entry(found, "maintenance.1")) for found in (before, after)] == [4, 5]
