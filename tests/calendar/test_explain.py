"""What a coordinator reads aloud to a doctor."""

import re

import pytest

from scheduler.calendar.entries.because import Count
from scheduler.calendar.telling.explain import Explanation, Told, explain
from scheduler.dates import Span, Unit
from scheduler.errors import UnknownEntry
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import Plan
from scheduler.said import Quoted
from tests.calendar.tellings import CONTROL, EXPERIMENTAL, Patient, patient
from tests.seed import VERSION

PLAN = VERSION.arms["experimental"]
CONTROL_PLAN = VERSION.arms["control"]
HELD = {"on": "2026-03-16", "event": "held", "treatment": "regorafenib", "reason": "AE 1", "by": "Dr Example"}
RESUMED = {"on": "2026-03-20", "event": "resumed", "treatment": "regorafenib", "level": -1, "dose": "40 mg"}


def said(clause: Clause) -> str:
    return f"Protocol line {clause.line}: {clause.text}."


def rule(timeline: str, n: int, plan: Plan = PLAN) -> Clause:
    line = plan.timelines[timeline]
    timing = line.timing(n) or line.pieces[0]
    return timing.clause


def dose(timeline: str) -> Clause:
    return PLAN.timelines[timeline].gives[0].clause


def ladder(timeline: str) -> Clause:
    found = PLAN.timelines[timeline].ladder
    assert found is not None
    return found.clause


def why(who: Patient, entry: str) -> Explanation:
    return explain(who.calendar, entry, VERSION, who.log)


def spoken(told: tuple[Told, ...]) -> list[str]:
    """The sentences, without those of assumptions, which are tested by themselves."""
    return [each.sentence for each in told if not each.sentence.startswith("Assumption")]


def test_infusion_that_waits_for_radiotherapy_and_for_monday():
    told = why(patient(EXPERIMENTAL), "toripalimab.2")
    assert told.title == (
        "Toripalimab, dose 2 is planned for Monday 30 March 2026 (Day 29), because 1 day after the end of radiotherapy on "
        "Friday 27 March 2026 is Saturday 28 March 2026 and 28 and 29 March 2026 are closed."
    )
    assert spoken(told.lines) == [
        said(rule("toripalimab", 2)),
        "Radiotherapy, fraction 5 is planned for Friday 27 March 2026 (Day 26); radiotherapy ends with it; "
        "1 day after that is Saturday 28 March 2026.",
        "The ideal date is Saturday 28 March 2026; it may be from 28 to 31 March 2026.",
        "28 and 29 March 2026 are closed: Saturday and Sunday.",
        "The dose is 240 mg.",
        said(dose("toripalimab")),
    ]
    assert spoken(told.looked_at) == [
        "Toripalimab, dose 1 was given on Monday 2 March 2026 (Day 1); 21 days after that is Monday 23 March 2026, "
        "which is earlier."
    ]
    assert told.explain_next == ("radiotherapy.5",)


def test_assumptions_are_told_with_their_question_and_reading_where_a_sentence_cites_them():
    told = why(patient(EXPERIMENTAL), "toripalimab.2")
    a4 = VERSION.assumptions["A4"]
    assert [(each.sentence, each.source) for each in told.lines if each.sentence.startswith("Assumption")] == [
        (f"Assumption A4: {a4.question} Our reading: {a4.reading}", f"protocol.yaml:{a4.line}")
    ]


def test_every_sentence_names_its_source():
    told = why(patient(EXPERIMENTAL), "toripalimab.2")
    assert [each.source for each in told.lines] == [
        f"protocol.yaml:{rule('toripalimab', 2).line}",
        f"protocol.yaml:{VERSION.assumptions['A4'].line}",
        "radiotherapy.5",
        None,
        "site: infusion",
        None,
        f"protocol.yaml:{dose('toripalimab').line}",
    ]


def test_scan_counts_in_times_of_its_step():
    told = why(patient(EXPERIMENTAL), "imaging.2")
    assert spoken(told.lines) == [
        said(rule("imaging", 2)),
        "Event 1, Friday 27 February 2026: randomised to the arm experimental; 2 times 56 days after that is "
        "Friday 19 June 2026.",
        "The ideal date is Friday 19 June 2026; it may be from 12 to 26 June 2026.",
        "Friday 19 June 2026 is closed: public holiday: Dragon Boat Festival.",
    ]


def test_closed_days_are_told_with_all_that_closed_them():
    started = {"on": "2026-01-26", "event": "cycle started", "treatment": "regorafenib", "cycle": 1}
    told = why(patient(({**EXPERIMENTAL[0], "on": "2026-01-23"}, started)), "radiotherapy.1")
    assert [sentence for sentence in spoken(told.lines) if "closed" in sentence] == [
        "16 to 23 February 2026 are closed: public holiday: Chinese New Year's Eve, Chinese New Year (Spring Festival), "
        "Day off (in exchange for 2026-02-14), Day off (in exchange for 2026-02-28); Saturday and Sunday."
    ]


def test_day_of_a_cycle_tells_its_own_reasons_and_then_those_of_its_cycle():
    told = why(patient((*EXPERIMENTAL, HELD, RESUMED)), "regorafenib.1.16")
    assert told.entry == "regorafenib.1.16"
    assert told.title == (
        "Regorafenib, cycle 1, day 16, on Tuesday 17 March 2026 (Day 16): held, because on Monday 16 March 2026 "
        'regorafenib is held, for the reason "AE 1".'
    )
    assert spoken(told.lines) == [
        'Event 4, Monday 16 March 2026: regorafenib is held, for the reason "AE 1", by Dr Example.',
        "Event 5, Friday 20 March 2026: regorafenib is resumed at 40 mg (level -1).",
        "Day 16 counts from the start of the cycle: Regorafenib, cycle 1 was started on Monday 2 March 2026 (Day 1).",
        "Event 2, Monday 2 March 2026: regorafenib cycle 1 is started.",
    ]


def test_day_after_a_reduction_tells_the_ladder_and_the_order():
    told = why(patient((*EXPERIMENTAL, HELD, RESUMED)), "regorafenib.1.19")
    assert told.title == "Regorafenib, cycle 1, day 19, on Friday 20 March 2026 (Day 19): 40 mg (level -1)."
    assert spoken(told.lines)[:3] == [
        said(dose("regorafenib")),
        said(ladder("regorafenib")),
        "Event 5, Friday 20 March 2026: regorafenib is resumed at 40 mg (level -1).",
    ]


def test_cycle_tells_its_stretches_of_days():
    told = spoken(why(patient((*EXPERIMENTAL, HELD, RESUMED)), "regorafenib.1").lines)
    assert [sentence for sentence in told if sentence.startswith("Day")] == [
        "Day 1, Monday 2 March 2026: 80 mg, taken.",
        "Days 2 to 14, 3 to 15 March 2026: 80 mg.",
        "Days 15 to 18, 16 to 19 March 2026: held.",
        "Days 19 to 21, 20 to 22 March 2026: 40 mg (level -1).",
    ]


def test_pending_entry_tells_its_rule_and_what_it_waits_for():
    told = why(patient((*CONTROL, HELD)), "regorafenib.2")
    assert told.title == (
        "Regorafenib, cycle 2 has no date yet, because on Monday 16 March 2026 regorafenib is held, when the hold ends is not "
        "known yet and 28 days after Regorafenib, cycle 1 on Monday 2 March 2026 is Monday 30 March 2026."
    )
    assert spoken(told.lines) == [
        said(rule("regorafenib", 2, CONTROL_PLAN)),
        'Event 3, Monday 16 March 2026: regorafenib is held, for the reason "AE 1", by Dr Example.',
        "Not known yet: when the hold ends.",
        "Regorafenib, cycle 1 was started on Monday 2 March 2026 (Day 1); 28 days after that is Monday 30 March 2026.",
        "By its rule alone it would not be before Monday 30 March 2026.",
    ]


def test_cancelled_entry_tells_what_ended_it_and_what_it_would_have_been():
    ended = {"on": "2026-04-14", "event": "discontinued", "treatment": "toripalimab", "reason": "pneumonitis"}
    told = why(patient((*EXPERIMENTAL, ended)), "toripalimab.3")
    assert told.title == (
        "Toripalimab, dose 3 is cancelled, because on Tuesday 14 April 2026 toripalimab is discontinued; it was planned for "
        "Monday 20 April 2026 (Day 50)."
    )
    assert spoken(told.lines) == [
        'Event 4, Tuesday 14 April 2026: toripalimab is discontinued, for the reason "pneumonitis".'
    ]
    assert spoken(told.looked_at) == [
        said(rule("toripalimab", 3)),
        "Toripalimab, dose 2 is planned for Monday 30 March 2026 (Day 29); 21 days after that is Monday 20 April 2026.",
    ]


def test_period_tells_both_its_ends():
    told = why(patient(CONTROL), "survival-time.1")
    assert told.title == ("Overall survival: from Monday 2 March 2026 to Thursday 2 March 2028.")
    assert (
        "Event 2, Monday 2 March 2026: regorafenib cycle 1 is started; 2 years after that is Thursday 2 March 2028."
        in (spoken(told.lines))
    )


def test_first_dose_that_is_only_planned_tells_how_it_was_planned():
    told = why(patient(CONTROL[:1]), "regorafenib.1")
    assert spoken(told.lines)[:4] == [
        said(rule("regorafenib", 1)),
        said(PLAN.dates["first dose"].numbered[1].clause),
        "Event 1, Friday 27 February 2026: randomised to the arm control.",
        "So the first dose is planned for Saturday 28 February 2026.",
    ]


def test_booking_that_became_void_is_told_with_its_warning():
    booked = {"on": "2026-03-10", "event": "booked", "entry": "toripalimab.2", "to": "2026-03-23", "at": "09:30"}
    told = why(patient((*EXPERIMENTAL, booked)), "toripalimab.2")
    assert spoken(told.lines)[-1] == (
        "Warning: the booking is void: it lies before what this waits for (book another day)."
    )
    assert "Event 4, Tuesday 10 March 2026: toripalimab.2 is booked for Monday 23 March 2026 at 09:30." in spoken(
        told.looked_at
    )


def test_corrected_start_says_from_which_day_it_counts_now():
    correction = {
        "on": "2026-03-04",
        "event": "corrected",
        "number": 1,
        "with": {**CONTROL[0], "on": "2026-02-26"},
        "reason": "misread",
    }
    told = why(patient((*CONTROL, correction)), "imaging.1")
    assert spoken(told.lines)[1] == (
        "Event 1, Friday 27 February 2026: randomised to the arm control; event 3 corrects it; as it stands now, it was on "
        "Thursday 26 February 2026; 56 days after that is Thursday 23 April 2026."
    )


def test_without_a_log_an_event_is_its_number_and_kind():
    who = patient((*EXPERIMENTAL, HELD))
    told = explain(who.calendar, "regorafenib.1.16", VERSION)
    assert spoken(told.lines)[0] == "Event 4: held."


def test_unknown_entry_is_refused_with_the_nearest_that_there_is():
    who = patient(EXPERIMENTAL)
    with pytest.raises(UnknownEntry, match=re.escape("did you mean 'toripalimab.2'?")):
        why(who, "toripalimb.2")
    with pytest.raises(UnknownEntry, match=re.escape("regorafenib.1 has no dosing day 28 on this calendar")):
        why(who, "regorafenib.1.28")


def test_the_first_day_and_a_stretch_of_days_can_be_asked_for_too():
    who = patient((*EXPERIMENTAL, HELD))
    assert (
        why(who, "regorafenib.1.15-21").title
        == "Regorafenib, cycle 1, day 15, on Monday 16 March 2026 (Day 15): held, because on Monday 16 March 2026 "
        'regorafenib is held, for the reason "AE 1".'
    )
    assert (
        why(who, "regorafenib.1.1").title
        == "Regorafenib, cycle 1, day 1, on Monday 2 March 2026 (Day 1): 80 mg, taken."
    )


def test_as_text_it_can_be_read_from_top_to_bottom():
    told = Explanation(
        "a.1", Quoted("A is planned."), (Told(Quoted("Because."), "event 1"),), (Told(Quoted("Not this.")),), ("b.1",)
    )
    assert str(told).splitlines() == [
        "A is planned.",
        "  Because. [event 1]",
        "Looked at, but it did not decide:",
        "  Not this.",
        "Explain next: b.1",
    ]


def test_a_day_of_a_cycle_and_a_study_day_are_the_answer_themselves():
    assert why(patient(EXPERIMENTAL), "c2d15.1").title == (
        "Cycle 2 day 15, laboratory only is planned for Monday 13 April 2026 (Day 43), because it is day 15 of Regorafenib, "
        "cycle 2."
    )
    assert why(patient(EXPERIMENTAL), "radiotherapy.1").title == (
        "Radiotherapy, fraction 1 is planned for Monday 23 March 2026 (Day 22), because Study Day 22 is Monday 23 March 2026."
    )


def test_what_was_recorded_needs_no_because():
    assert (
        why(patient(EXPERIMENTAL), "toripalimab.1").title
        == "Toripalimab, dose 1 was given on Monday 2 March 2026 (Day 1)."
    )


def test_a_corrected_death_is_told_as_it_stands_and_the_old_words_with_what_corrects_them():
    died = {"on": "2026-04-14", "event": "died"}
    corrected = {
        "on": "2026-04-20",
        "event": "corrected",
        "number": 4,
        "with": {**died, "on": "2026-04-16", "reason": "stroke"},
        "reason": "wrong day",
    }
    told = why(patient((*EXPERIMENTAL, died, corrected)), "toripalimab.3")
    assert told.title.startswith(
        "Toripalimab, dose 3 is cancelled, because on Thursday 16 April 2026 the patient died;"
    )
    assert spoken(told.lines)[0] == "Event 4, Tuesday 14 April 2026: the patient died; event 5 corrects it."
    assert spoken(told.lines)[1] == (
        "Event 5, Monday 20 April 2026: event 4 is corrected and now reads: Thursday 16 April 2026, the patient died, "
        'for the reason "stroke"; corrected because "wrong day".'
    )


def test_what_was_counted_first_is_told_first() -> None:
    first = Count(1, Span(28, Unit.DAYS), 2)
    second = Count(57, Span(42, Unit.DAYS), 1, earlier=first)
    assert second.in_order() == (first, second)
