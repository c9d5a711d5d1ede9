"""What a waiting dose cites, and one that a decision changed; what extra tests cite; and what is told, word for word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from scheduler.calendar.engine.proposals.raised import proposals_on
from scheduler.calendar.entries.because import After, Event, Reason
from scheduler.calendar.entries.budget import Budget
from scheduler.calendar.entries.entry import Calendar, Entry, Run
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.dates import Span, Unit
from scheduler.protocol.plan.clause import Clause
from scheduler.site.site import EVERY_DAY
from tests.calendar.proposals import other_study, patients
from tests.calendar.proposals.patients import CONTROL, EXPERIMENTAL, HOLD_AND_REDUCE, SKIN, SKIN_RULE
from tests.dosing.story import told
from tests.seed import VERSION

DECIDED = f"2026-03-16 decided, proposal: {SKIN_RULE}.3, action: '{HOLD_AND_REDUCE}'\n"
RISE = "2026-03-16 measured, test: ALT, value: 160, unit: U/L, upper_limit: 40\n"


def events(reasons: Iterable[Reason]) -> list[int]:
    return [reason.number for reason in reasons if isinstance(reason, Event)]


def rows(reasons: Iterable[Reason]) -> list[str]:
    """The rows of decision tables among the reasons."""
    return [reason.text for reason in reasons if isinstance(reason, Clause) and ": " in reason.text]


def run_from(found: Calendar, entry: str, first_day: int) -> Run:
    return next(run for run in found.by_id[entry].runs if run.first_day == first_day)


def test_a_dose_that_waits_says_for_which_rule_and_which_event() -> None:
    found = patients.calendar(CONTROL + SKIN)
    waits = run_from(found, "regorafenib.1", 15)
    (row,) = rows(waits.because.set_by)
    assert row.startswith("grade 3, 1st to 2nd time: hold at least 7 days")
    assert (events(waits.because.set_by), events(waits.because.looked_at), waits.because.latest) == ([3], [2], 3)


def test_days_before_it_came_up_are_as_they_were() -> None:
    found, without = patients.calendar(CONTROL + SKIN), patients.calendar(CONTROL)
    before = run_from(found, "regorafenib.1", 2)
    assert (before.last_day, before.last_date, before.flags) == (14, date(2026, 3, 15), ())
    assert before.because == run_from(without, "regorafenib.1", 2).because


def test_only_the_running_cycle_and_the_next_wait() -> None:
    found = patients.calendar(CONTROL + SKIN)
    assert [run_from(found, f"regorafenib.{n}", 1).flags for n in (1, 3)] == [(), ()]
    assert [flag.value for flag in run_from(found, "regorafenib.2", 1).flags] == ["awaiting decision"]


def test_held_days_cite_the_decision_and_what_it_was_about() -> None:
    held = run_from(patients.calendar(CONTROL + SKIN + DECIDED), "regorafenib.1", 15)
    assert (events(held.because.set_by), sorted(events(held.because.looked_at))) == ([4], [2, 3])
    assert held.because.latest == 4


def test_a_lower_dose_cites_the_decision_that_lowered_it() -> None:
    story = CONTROL + SKIN + DECIDED + "2026-03-30 resumed, treatment: regorafenib\n"
    lower = run_from(patients.calendar(story), "regorafenib.2", 1)
    assert 4 in events(lower.because.set_by)
    assert {3, 5} <= {*events(lower.because.set_by), *events(lower.because.looked_at)}


def extra(found: Calendar) -> list[Entry]:
    return [entry for entry in found.entries if entry.timeline == "monitoring"]


def test_an_extra_test_cites_the_rule_the_event_and_the_test_before() -> None:
    again = "2026-03-24 measured, test: ALT, value: 150, unit: U/L, upper_limit: 40\n"
    done, planned, *_ = extra(patients.calendar(CONTROL + RISE + again))
    (row,) = rows(done.because.set_by)
    assert row.startswith("above 3 to 5 x upper limit: continue, liver tests weekly")
    assert (events(done.because.set_by), events(done.because.looked_at)) == ([4], [3, 2])
    assert (rows(planned.because.set_by), events(planned.because.set_by)) == ([row], [3, 4])
    assert planned.because.looked_at == (After("monitoring.3.1"),)
    assert (done.because.latest, planned.because.latest) == (4, 4)


def test_an_extra_test_is_a_laboratory_visit_without_a_window() -> None:
    planned = extra(patients.calendar(CONTROL + RISE))[1]
    assert (planned.n, planned.ideal, planned.date, planned.window, planned.time) == (
        2,
        date(2026, 3, 30),
        date(2026, 3, 30),
        None,
        None,
    )
    assert (planned.doses, planned.flags, planned.resource) == ((), (), "clinic")


@pytest.mark.parametrize(
    ("closed", "planned", "why"),
    [
        (set(), "2026-03-30", 0),
        ({date(2026, 3, 30)}, "2026-03-27", 1),
        ({date(2026, 3, 30), date(2026, 3, 27)}, "2026-03-31", 1),
    ],
    ids=["open", "Monday closed: Friday", "both closed, and Thursday too far"],
)
def test_an_extra_test_comes_earlier_where_the_clinic_is_closed(closed: set[date], planned: str, why: int) -> None:
    found = patients.calendar(CONTROL + RISE, site=EVERY_DAY.with_days(closed))
    second = extra(found)[1]
    assert (str(second.ideal), str(second.date)) == ("2026-03-30", planned)
    assert sum(type(reason).__name__ == "Closed" for reason in second.because.set_by) == why


def test_decided_otherwise_is_told_with_what_the_protocol_says() -> None:
    story = CONTROL + SKIN + f"2026-03-16 decided, proposal: {SKIN_RULE}.3, action: continue unchanged\n"
    (finding,) = patients.calendar(story).findings
    assert str(finding) == (
        f"warning: regorafenib: decided otherwise than the protocol, which says: {HOLD_AND_REDUCE} [{SKIN_RULE}.3] "
        "(say why in the record) [decided-otherwise]"
    )
    assert finding.events == (4,)


def test_a_decision_about_no_rule_is_told() -> None:
    story = CONTROL + "2026-03-16 decided, proposal: nothing.3, action: hold\n"
    (finding,) = patients.calendar(story).findings
    assert str(finding) == (
        "warning: this decision is about a rule that the protocol does not have, and has no effect [nothing.3] "
        "(record the order itself) [decision-without-rule]"
    )
    assert finding.events == (3,)


def test_a_decision_whose_event_was_struck_is_told() -> None:
    story = CONTROL + SKIN + DECIDED + "2026-03-17 struck, number: 3, reason: another patient\n"
    found = patients.calendar(story)
    (finding,) = found.findings
    assert str(finding) == (
        f"warning: regorafenib: what was decided rests on a proposal that no longer stands [{SKIN_RULE}.3] "
        "(look at it: resume, change the dose, or strike the decision) [decision-without-proposal]"
    )
    assert finding.events == (3, 4)
    (gone,) = found.proposals
    assert (gone.treatment, gone.rule, gone.trigger, gone.events, str(gone.raised), gone.decided_by, gone.chosen) == (
        "regorafenib",
        SKIN_RULE,
        3,
        (3,),
        "2026-03-16",
        (4,),
        HOLD_AND_REDUCE,
    )
    assert [option.dose for option in gone.options[:1]] == ["80 mg"]


def test_a_reduction_below_the_ladder_is_told_and_the_dose_stays() -> None:
    at_the_floor = "2026-03-09 dose changed, treatment: tablet, level: -2, dose: 50 mg\n"
    rash = "2026-03-10 adverse event, ae: 1, term: Rash maculo-papular, grade: 2\n"
    story = at_the_floor + rash + "2026-03-10 decided, proposal: rash.3.4, action: reduce by 1 level\n"
    found = other_study.calendar(story)
    assert [str(finding) for finding in found.findings if finding.code == "no-level-left"] == [
        "warning: this decision reduces the dose, and the ladder has no lower level: the dose stays [rash.3.4] "
        "(decide again: hold or discontinue) [no-level-left]"
    ]
    assert [str(dose) for dose in found.by_id["tablet.2"].runs[0].doses] == ["50 mg"]


@pytest.mark.parametrize(("level", "dose", "then"), [(-1, 75, "100 mg"), (-2, 50, "75 mg")])
def test_re_escalated_by_one_level_and_never_above_the_ladder(level: int, dose: int, then: str) -> None:
    lowered = f"2026-03-09 dose changed, treatment: tablet, level: {level}, dose: {dose} mg\n"
    rash = "2026-03-10 adverse event, ae: 1, term: Rash maculo-papular, grade: 1\n"
    decided = "2026-03-12 decided, proposal: rash.1.4, action: re-escalate by 1 level\n"
    assert other_study.called_for(lowered + rash) == {"rash.1.4": f"re-escalate by 1 level ({then})"}
    found = other_study.calendar(lowered + rash + decided)
    last = found.by_id["tablet.1"].runs[-1]
    assert (last.first_day, [str(each) for each in last.doses]) == (11, [then])
    assert (events(last.because.set_by), events(last.because.looked_at)) == ([5], [4, 3])


def test_whether_the_dose_goes_up_again_is_asked_and_meanwhile_it_stays() -> None:
    lowered = "2026-03-09 dose changed, treatment: tablet, level: -1, dose: 75 mg\n"
    rash = "2026-03-10 adverse event, ae: 1, term: Rash maculo-papular, grade: 1\n"
    found = other_study.calendar(lowered + rash)
    (proposal,) = found.proposals
    assert (proposal.state.value, proposal.doses_wait) == ("open", False)
    assert [option.words for option in proposal.options] == [
        "re-escalate by 1 level",
        "continue unchanged",
        "hold",
        "reduce by 1 level",
        "discontinue",
    ]
    last = found.by_id["tablet.1"].runs[-1]
    assert ([str(dose) for dose in last.doses], last.flags) == (["75 mg"], ())


def test_re_escalated_twice_it_is_the_full_dose_and_no_more() -> None:
    lowered = "2026-03-09 dose changed, treatment: tablet, level: -1, dose: 75 mg\n"
    rash = "2026-03-10 adverse event, ae: 1, term: Rash maculo-papular, grade: 1\n"
    decided = "decided, proposal: rash.1.4, action: re-escalate by 1 level\n"
    found = other_study.calendar(f"{lowered}{rash}2026-03-12 {decided}2026-03-13 {decided}")
    assert [str(each) for each in found.by_id["tablet.2"].runs[0].doses] == ["100 mg"]


def test_proposals_to_come_are_open_once_their_day_has_come() -> None:
    mild = "2026-03-16 adverse event, ae: 1, term: hand-foot syndrome, grade: 2\n"
    found = patients.calendar(CONTROL + mild)
    before, on = proposals_on(found, date(2026, 3, 22)), proposals_on(found, date(2026, 3, 23))
    assert [each.id for each in before] == ["hand-foot-skin-reaction.2.3"]
    assert [(each.id, each.state.value, each.doses_wait, each.leads) for each in on] == [
        ("hand-foot-skin-reaction.2.3", "open", True, False),
        ("hand-foot-skin-reaction.3.3", "open", True, True),
    ]
    assert proposals_on(found, date(2026, 3, 15)) == ()
    assert [each.id for each in proposals_on(found, date(2026, 3, 16))] == ["hand-foot-skin-reaction.2.3"]


@pytest.mark.parametrize(
    ("day", "left"),
    [
        ("2026-03-15", 28),
        ("2026-03-16", 28),
        ("2026-03-17", 27),
        ("2026-04-12", 1),
        ("2026-04-13", 0),
        ("2026-05-01", 0),
    ],
)
def test_days_left_of_a_budget(day: str, left: int) -> None:
    budget = Budget(Span(4, Unit.WEEKS), date(2026, 3, 16), date(2026, 4, 13))
    assert budget.left_on(date.fromisoformat(day)) == left
    assert budget.in_words_on(date.fromisoformat(day)) == f"{left} of 28 days"


def test_before_anything_was_missed_the_whole_budget_is_left() -> None:
    assert Budget(Span(28)).in_words_on(date(2026, 3, 16)) == "28 of 28 days"


def test_the_budget_runs_from_the_first_dosing_day_missed() -> None:
    in_the_week_off = "2026-03-25 held, treatment: regorafenib\n"
    found = patients.calendar(CONTROL + SKIN + in_the_week_off)
    (proposal,) = (each for each in found.proposals if each.rule == SKIN_RULE)
    assert (proposal.budget, proposal.deadline) == (
        Budget(Span(28), date(2026, 3, 30), date(2026, 4, 27)),
        date(2026, 4, 27),
    )


def test_one_proposal_says_itself_in_words() -> None:
    (proposal,) = patients.calendar(CONTROL + SKIN).proposals
    assert (proposal.title, proposal.treatment, proposal.trigger, proposal.events, proposal.decided_by) == (
        "Hand-foot skin reaction",
        "regorafenib",
        3,
        (3,),
        (),
    )
    assert (proposal.chosen, proposal.assumed) == (None, ())
    assert str(proposal) == f"{SKIN_RULE}.3: regorafenib: {HOLD_AND_REDUCE} (open)"


def test_toripalimab_has_its_deadline_from_the_last_dose() -> None:
    colitis = "2026-03-16 adverse event, ae: 1, term: Colitis, grade: 2\n"
    (proposal,) = (each for each in patients.calendar(EXPERIMENTAL + colitis).proposals if each.rule == "colitis.2")
    # 84 days after 2 March.
    assert (proposal.budget, proposal.deadline) == (None, date(2026, 5, 25))


def test_a_calendar_without_rules_has_no_proposals() -> None:
    version = replace(VERSION, arms={name: replace(plan, rules=()) for name, plan in VERSION.arms.items()})
    assert calendar_of(version, EVERY_DAY, told(CONTROL + SKIN)).proposals == ()
