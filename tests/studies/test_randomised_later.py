"""A run-in that lasts until randomisation, while nobody has recorded one: its tablets go on as long as randomisation may come.

By hand: sacubitril from 17 March 2026; randomisation is planned 28 days later, on 14 April, and may come up to 28 April. The last
tablet is on the day before: 27 April, day 42 (15 days of March and 27 of April): 84 tablets, twice daily.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scheduler.asking import ask
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.patient.events import parse_event
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.agenda.diary import patient_diary
from scheduler.views.agenda.tablets import AtOnce, OfStrength, Size
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.days.presumed import presumed_taken
from scheduler.views.patients import patient_of
from scheduler.views.pharmacy.tablets_to_dispense import tablets_to_dispense
from scheduler.views.reader.audience import Detail
from tests.dosing.story import told
from tests.studies.telling import codes, dates, entry, pending, runs, study
from tests.studies.test_before_randomisation import AFTER, ARMS, BEGUN, CYCLES, FIRST, RUN_IN, RUNNING, TO_THE_NEW

PRODUCT = "products: {sacubitril-run-in: {unit: 200 mg tablet, pack: bottle of 28}}\n"
SEEN_WEEKLY = """
  run-in-visit: every 7 days from first dose until the day before randomisation
  last-of-run-in: 1 day after the end of sacubitril-run-in
  after-run-in: 2 days after the last sacubitril-run-in dose
"""
HF = study(RUN_IN + AFTER + SEEN_WEEKLY + PRODUCT, ARMS)
AT_LEAST = study(RUN_IN.replace("28 days +14 after", "at least 28 days after") + AFTER + PRODUCT, ARMS)
TO_THE_DAY = study(RUN_IN.replace("28 days +14 after", "28 days after") + AFTER + PRODUCT, ARMS)
BLINDED = study(
    RUN_IN
    + "  drug: {when: from randomisation until progression, open: any day, give: 1 mg once daily by mouth every day}\n"
)


def of(story: str, version: StudyVersion = HF) -> Calendar:
    return calendar_of(version, EVERY_DAY, told(story), until=date(2026, 6, 30))


def dispensed(version: StudyVersion) -> list[tuple[int | None, str | None]]:
    patient = patient_of(version, EVERY_DAY, told(BEGUN), subject="HF-01")
    lines = [each for each in tablets_to_dispense(patient) if each.treatment == "sacubitril-run-in"]
    return [(each.units, str(each.covers[1]) if each.covers else None) for each in lines]  # type: ignore[misc]


def test_until_it_is_recorded_tablets_go_on_as_long_as_it_may_come() -> None:
    assert runs(of(BEGUN), "sacubitril-run-in.1") == ["1-42 03-17..04-27 200 mg twice daily + planned"]
    assert runs(of(RUNNING), "sacubitril-run-in.1")[-1] == "2-42 03-18..04-27 200 mg twice daily + planned"
    assert dispensed(HF) == [(84, "2026-04-27")]


def test_once_it_is_recorded_they_end_there() -> None:
    assert runs(of(TO_THE_NEW), "sacubitril-run-in.1")[-1] == "2-34 03-18..04-19 200 mg twice daily + planned"
    struck = TO_THE_NEW + "2026-04-21 struck, number: 4, reason: wrong patient\n"
    assert runs(of(struck), "sacubitril-run-in.1")[-1] == "2-42 03-18..04-27 200 mg twice daily + planned"


def test_who_is_randomised_after_its_days_is_not_presumed_to_have_taken_what_nobody_planned() -> None:
    """Randomised on 5 May, a week after the last of its days: the tablets had ended on 27 April, and the diary with them."""
    late = RUNNING + "2026-05-05 randomised, arm: new\n"
    found = of(late)
    assert runs(found, "sacubitril-run-in.1")[-1] == "2-42 03-18..04-27 200 mg twice daily + planned"
    presumed = [
        each.date for each in presumed_taken(found, date(2026, 5, 6)) if each.of.timeline == "sacubitril-run-in"
    ]
    assert (presumed[-1], len(presumed)) == (date(2026, 4, 27), 41)
    assert (entry(found, "sacubitril.1").date, dates(found, "last-of-run-in")) == (date(2026, 5, 5), {"1": "04-28"})
    assert list(dates(found, "run-in-visit").values())[-1] == "04-27"
    because = [each.sentence for each in explain(found, "sacubitril-run-in.1.42", HF, told(late)).lines]
    assert "Protocol line 8: 28 days +14 after sacubitril-run-in cycle 1." in because
    # What was taken in between is recorded, and counts.
    taken = late + "2026-05-05 taken, treatment: sacubitril-run-in, from: 2026-04-28, to: 2026-05-04\n"
    assert runs(of(taken), "sacubitril-run-in.1")[-1] == "43-49 04-28..05-04 200 mg twice daily + done"
    assert dates(of(taken), "last-of-run-in") == {"1": "05-05"}
    # In its days, and where it has no last day, the tablets were planned when they came.
    in_time = of(RUNNING + "2026-04-28 randomised, arm: new\n")
    assert runs(in_time, "sacubitril-run-in.1")[-1] == "2-42 03-18..04-27 200 mg twice daily + planned"
    assert runs(of(late, AT_LEAST), "sacubitril-run-in.1")[-1] == "2-49 03-18..05-04 200 mg twice daily + planned"
    # Without a window nothing was planned after its day.
    one_day = of(RUNNING + "2026-04-20 randomised, arm: new\n", TO_THE_DAY)
    assert runs(one_day, "sacubitril-run-in.1")[-1] == "2-28 03-18..04-13 200 mg twice daily + planned"


def test_cycles_that_nobody_planned_do_not_come_with_a_late_randomisation() -> None:
    """14 days each from 2 March; the days of randomisation end on 13 April, and cycle 3 with the 12th."""
    found = calendar_of(CYCLES, EVERY_DAY, told(FIRST + "2026-05-05 randomised, arm: new\n"), until=date(2026, 6, 30))
    assert dates(found, "drug-run-in") == {"1": "03-02", "2": "03-16", "3": "03-30"}


def test_the_reason_says_that_randomisation_is_not_recorded_and_when_its_days_end() -> None:
    said = [each.sentence for each in explain(of(RUNNING), "sacubitril-run-in.1.42", HF, told(RUNNING)).lines]
    assert "Not known yet: the day of randomisation; until it is recorded, its last day counts, 2026-04-28." in said


def test_visits_of_the_run_in_go_on_with_it() -> None:
    """Every 7 days from 2 March: 13 April is the seventh, 20 April the eighth, 27 April the ninth."""
    assert list(dates(of(RUNNING), "run-in-visit").values())[-2:] == ["04-20", "04-27"]
    assert list(dates(of(TO_THE_NEW), "run-in-visit").values())[-1] == "04-13"


def test_what_counts_from_the_end_of_the_run_in_is_dated_by_its_plan() -> None:
    assert (dates(of(RUNNING), "last-of-run-in"), dates(of(RUNNING), "after-run-in")) == (
        {"1": "04-14"},
        {"1": "04-15"},
    )
    assert dates(of(TO_THE_NEW), "last-of-run-in") == {"1": "04-20"}
    taken = RUNNING + "2026-04-18 taken, treatment: sacubitril-run-in, from: 2026-04-10, to: 2026-04-17\n"
    assert dates(of(taken), "after-run-in") == {"1": "04-19"}


def counted_from_the_end(story: str) -> list[str]:
    found = of(story)
    return [dates(found, name)["1"] for name in ("last-of-run-in", "after-run-in") if dates(found, name)]


def test_who_ends_treatment_after_the_planned_day_is_followed_up_from_the_last_tablet() -> None:
    """Ended on 20 April: the last tablet was on the 19th, 2 days later is the 21st, and 30 days later 19 May. Before that day of
    the plan (13 April) it is the same: on the 10th the last tablet was on the 9th, 2 days later is the 11th, 30 days later 9 May.
    """
    ended = RUNNING + "2026-04-20 end of treatment, reason: toxicity\n"
    assert (pending(of(ended)), of(ended).by_id["week-2.1"].status.value) == (set(), "cancelled")
    assert (dates(of(ended), "after-run-in"), dates(of(ended), "close")) == ({"1": "04-21"}, {"1": "05-19"})
    discontinued = RUNNING + "2026-04-20 discontinued, treatment: sacubitril-run-in, reason: toxicity\n"
    assert counted_from_the_end(discontinued) == ["04-21", "04-21"]
    withdrew = RUNNING + "2026-04-10 withdrew, from: treatment\n"
    assert (dates(of(withdrew), "after-run-in"), dates(of(withdrew), "close")) == ({"1": "04-11"}, {"1": "05-09"})


def test_who_takes_the_run_in_up_again_after_the_planned_day_still_takes_it() -> None:
    """Held from 10 April, resumed on the 20th, a week after the planned end: by what is known the last tablet is on that day."""
    held = RUNNING + "2026-04-10 held, treatment: sacubitril-run-in, reason: AE\n"
    resumed = held + "2026-04-20 resumed, treatment: sacubitril-run-in\n"
    assert runs(of(resumed), "sacubitril-run-in.1")[-2:] == [
        "25-34 04-10..04-19 held",
        "35-42 04-20..04-27 200 mg twice daily + planned",
    ]
    assert counted_from_the_end(resumed) == ["04-21", "04-22"]
    # Resumed on 12 April, it ends by the plan: on 13 April.
    earlier = held + "2026-04-12 resumed, treatment: sacubitril-run-in\n"
    assert counted_from_the_end(earlier) == ["04-14", "04-15"]


def test_cycles_begin_while_it_may_come() -> None:
    """14 days each from 2 March; randomisation from 30 March to 13 April: cycle 3 is whole, 30 March to 12 April."""
    found = calendar_of(CYCLES, EVERY_DAY, told(FIRST), until=date(2026, 6, 30))
    assert dates(found, "drug-run-in") == {"1": "03-02", "2": "03-16", "3": "03-30"}
    assert runs(found, "drug-run-in.3") == ["1-14 03-30..04-12 25 mg + planned"]


def test_without_a_last_day_they_go_on_and_the_pharmacy_asks_for_how_long() -> None:
    found = of(RUNNING, AT_LEAST)
    assert entry(found, "sacubitril-run-in.1").runs[-1].last_date >= date(2026, 6, 30)
    assert dispensed(AT_LEAST)[0][0] is None
    assert pending(found) == {"randomisation", "sacubitril.1.1", "enalapril.1.1", "week-2.1", "close.1"}


def test_without_a_window_they_end_by_the_plan_and_the_worklist_asks() -> None:
    assert runs(of(RUNNING, TO_THE_DAY), "sacubitril-run-in.1")[-1].startswith("2-28 03-18..04-13 ")
    assert asked(TO_THE_DAY, date(2026, 4, 6)) == []
    assert asked(TO_THE_DAY, date(2026, 4, 7)) == [TO_DO]
    assert asked(TO_THE_DAY, date(2026, 4, 14)) == [
        f"{TO_DO}; sacubitril-run-in ended on 2026-04-13, and nothing is planned after it"
    ]


def test_with_one_arm_the_drug_after_it_is_planned_and_the_run_in_ends_before_it() -> None:
    found = of(RUNNING, BLINDED)
    assert runs(found, "sacubitril-run-in.1")[-1].startswith("2-28 03-18..04-13 ")
    assert dates(found, "drug") == {"1": "04-14"}


def test_a_diary_of_one_kind_of_tablets_at_a_time_says_how_many() -> None:
    """Enalapril is over on 15 March, sacubitril begins on 17 March: nobody has both at home, and each day says its number."""
    sizes = {"enalapril-run-in": Size((Decimal(10),), "mg"), "sacubitril-run-in": Size((Decimal(200),), "mg")}
    found = patient_diary(of(RUNNING), date(2026, 3, 13), date(2026, 3, 18), Detail.NEUTRAL, tablets=sizes)
    assert not found.several
    assert [[each.at_once for each in day.tablets] for day in found.days] == [
        [AtOnce((OfStrength(1),), "twice daily")] if day.date.day != 16 else [] for day in found.days
    ]
    both = study(RUN_IN.replace("from 15 days after first dose", "from 10 days after first dose") + AFTER, ARMS)
    found = patient_diary(of(BEGUN, both), date(2026, 3, 10), date(2026, 3, 18), Detail.NEUTRAL, tablets=sizes)
    assert found.several
    # From 12 to 15 March both are at home, and no number is told; before and after there is one kind.
    told_of = {day.date.day: [each.at_once is not None for each in day.tablets] for day in found.days}
    assert told_of == {each: [each not in (12, 13, 14, 15)] for each in range(10, 19)}


TO_DO = "randomise the patient and record 'randomised' with the arm, or record what ends treatment"


def asked(version: StudyVersion, day: date, story: str = RUNNING) -> list[str]:
    patient = patient_of(version, EVERY_DAY, told(story), subject="HF-01")
    return [str(line.to_do) for line in worklist([patient], day).decisions if str(line.title) == "Randomisation"]


def test_the_worklist_says_until_when_the_tablets_last() -> None:
    assert asked(HF, date(2026, 4, 13)) == [TO_DO]
    assert asked(HF, date(2026, 4, 14)) == [f"{TO_DO}; sacubitril-run-in is planned to 2026-04-27"]
    over = (
        f"its days ended on 2026-04-28: {TO_DO}; sacubitril-run-in ended on 2026-04-27, and nothing is planned after it"
    )
    assert asked(HF, date(2026, 4, 29)) == [over]


def test_once_the_log_is_past_its_days_the_calendar_says_so() -> None:
    later = RUNNING + "2026-05-02 measured, test: ALT, value: 20, unit: U/L, upper_limit: 40\n"
    assert codes(of(later)) == ["not-randomised-in-time"]
    assert [each.message for each in of(later).findings] == [
        "the days of randomisation ended on 2026-04-28 and nobody recorded it; "
        "sacubitril-run-in ended on 2026-04-27, and nothing is planned after it"
    ]
    assert asked(HF, date(2026, 5, 2), later)[0].startswith("its days ended on 2026-04-28")
    assert "not-randomised-in-time" not in codes(of(later + "2026-05-02 end of treatment, reason: toxicity\n"))


def test_visits_of_the_run_in_end_with_treatment() -> None:
    """Ended on 5 April: the visit of 30 March stands, those of 6 April and later are not planned any more."""
    found = of(RUNNING + "2026-04-05 end of treatment, reason: toxicity\n")
    visits = [(each.date, each.status.value) for each in found.entries if each.timeline == "run-in-visit"]
    assert visits[-2:] == [(date(2026, 3, 30), "planned"), (date(2026, 4, 6), "cancelled")]
    assert codes(found) == codes(of(RUNNING + "2026-04-05 end of treatment, reason: toxicity\n", TO_THE_DAY))


def test_who_ends_treatment_after_the_days_of_randomisation_is_seen_by_the_last_tablet() -> None:
    """The last tablet was on 27 April; 2 days later is 29 April, although the end was recorded on 10 May."""
    ended = RUNNING + "2026-05-10 end of treatment, reason: toxicity\n"
    assert (dates(of(ended), "after-run-in"), dates(of(ended), "close")) == ({"1": "04-29"}, {"1": "05-27"})


@pytest.mark.parametrize(
    ("story", "days"),
    [
        (RUNNING + "2026-04-20 randomised, arm: new\n", 34),  # 17 March to 19 April
        (RUNNING + "2026-05-10 end of treatment, reason: toxicity\n", 42),  # to 27 April
    ],
)
def test_the_exposure_of_a_run_in_ends_with_its_days(story: str, days: int) -> None:
    """400 mg a day, on all its days: the time until the next drug, or until today, is not its own."""
    found = exposure_of(HF, EVERY_DAY, told(story), date(2026, 6, 1))
    (line,) = (each for each in found.lines if each.treatment == "sacubitril-run-in")
    assert (line.days, line.planned_days) == (days, days)
    assert (line.planned, line.delivered) == (Decimal(400 * days), Decimal(400 * days))
    assert not line.running
    assert line.relative_dose_intensity == 100


@pytest.mark.parametrize(("day", "asked"), [("04-13", True), ("04-14", False), ("04-28", False), ("04-29", True)])
def test_a_randomisation_outside_its_days_is_asked_before_it_is_recorded(day: str, asked: bool) -> None:
    """Its days are 14 to 28 April."""
    event = parse_event({"on": f"2026-{day}", "event": "randomised", "arm": "new"})
    questions = ask(HF, EVERY_DAY, told(RUNNING), [event], today=date(2026, 5, 1))
    assert [each.code for each in questions] == (["randomised-out-of-days"] if asked else [])
