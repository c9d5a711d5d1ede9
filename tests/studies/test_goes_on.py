"""Doses that wait for values: ANC and platelets of the last three days before each cycle. Days counted by hand.

The first dose is on Wednesday 4 March 2026; 21 days from it are 25 March, 15 April, 6 May and 27 May. Three days before
Wednesday 15 April is Sunday 12 April; 21 days after Monday 20 April is Monday 11 May, and then 1 June.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from scheduler.calendar.comparing.compare import compare_calendars
from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.because import Event
from scheduler.calendar.entries.deviation import Deviated
from scheduler.calendar.entries.entry import Calendar, Flag
from scheduler.calendar.telling.explain import explain
from scheduler.languages import Language
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import Said
from scheduler.views.agenda.item import Standing
from scheduler.views.agenda.of_reader import agenda
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import patient_of
from scheduler.words.saying import say
from tests.asking.story import asked, codes
from tests.dosing.story import told
from tests.studies.telling import WEEKDAYS, calendar, dates, entry, pending, study

DRUG = study("""
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 21 days ±3 after the previous cycle}
    open: clinic
    give: 200 mg intravenously
    goes on when: ANC at least 1.5 G/L and platelets at least 100 G/L, values within 3 days
""")
GIVEN = "2026-03-04 given, treatment: drug, n: 1\n2026-03-25 given, treatment: drug, n: 2\n"  # events 2 and 3
AS_PLANNED = {"1": "03-04", "2": "03-25", "3": "04-15", "4": "05-06", "5": "05-27"}


def anc(day: str, value: str, unit: str = "G/L") -> str:
    return f"2026-{day} measured, test: ANC, value: {value}, unit: {unit}\n"


def platelets(day: str, value: str = "150") -> str:
    return f"2026-{day} measured, test: platelets, value: {value}, unit: G/L\n"


def both(day: str, value: str) -> str:
    return anc(day, value) + platelets(day)


def planned(story: str, until: str = "2026-06-02") -> Calendar:
    return calendar(DRUG, GIVEN + story, until=until, site=WEEKDAYS)


def moved(story: str) -> dict[str, str]:
    """The dates from cycle 3 on."""
    return {n: day for n, day in dates(planned(story), "drug").items() if n not in ("1", "2")}


def test_without_a_value_nothing_moves_and_the_next_cycle_says_which_it_needs() -> None:
    found = planned("")
    assert dates(found, "drug") == AS_PLANNED
    needed = [each.id for each in found.entries if Flag.VALUE_NEEDED in each.flags]
    assert needed == ["drug.3"]
    (told_so,) = [each for each in found.findings if each.code == "value-needed"]
    assert told_so.message == "value needed: ANC and platelets from 2026-04-12 on"
    assert told_so.entry == "drug.3"


def test_values_that_meet_it_move_nothing_and_are_cited() -> None:
    found = planned(both("04-13", "1.5"))  # events 4 and 5; at least 1.5 is 1.5 and more
    assert dates(found, "drug") == AS_PLANNED
    assert entry(found, "drug.3").flags == ()
    assert {4, 5} <= entry(found, "drug.3").because.event_numbers()


def test_a_value_that_fails_keeps_the_cycle_and_all_later_ones_waiting() -> None:
    found = planned(both("04-13", "1.2"))
    assert dates(found, "drug") == {"1": "03-04", "2": "03-25"}
    assert pending(found) == {"drug.3"}
    said = explain(found, "drug.3", DRUG, told("2026-02-27 randomised, arm: all\n" + GIVEN + both("04-13", "1.2")))
    assert said.title == (
        "Drug, cycle 3 has no date yet, because on Monday 13 April 2026 ANC is 1.2 G/L and a value of ANC at least "
        "1.5 G/L is not known yet."
    )


def test_repeated_a_week_later_it_is_on_that_day_and_the_next_counts_from_it() -> None:
    found = planned(both("04-13", "1.2") + both("04-20", "1.6"))
    assert dates(found, "drug") == {"1": "03-04", "2": "03-25", "3": "04-20", "4": "05-11", "5": "06-01"}
    third = entry(found, "drug.3")
    assert third.flags == ()
    assert third.window == (date(2026, 4, 20), date(2026, 4, 23))
    assert {4, 6, 7} <= third.because.event_numbers()


def test_the_result_that_is_good_enough_dates_it_and_not_one_before_on_closed_days() -> None:
    # Saturday 18 April is closed: its result of 1.3 dates nothing, that of Monday 20 April does.
    third = entry(planned(anc("04-13", "1.2") + anc("04-18", "1.3") + anc("04-20", "1.6")), "drug.3")
    assert (third.date, third.window) == (date(2026, 4, 20), (date(2026, 4, 20), date(2026, 4, 23)))
    assert [reason.number for reason in third.because.set_by if isinstance(reason, Event)] == [5, 6]
    waits = planned(anc("04-13", "1.2") + anc("04-18", "1.3")).pending[0]
    assert [reason.number for reason in waits.because.set_by if isinstance(reason, Event)] == [5]


@pytest.mark.parametrize(
    ("story", "third"),
    [
        (both("04-12", "1.2"), None),  # three days before: it counts
        (both("04-11", "1.2"), "04-15"),  # four days before: too old, as no value
        (both("04-15", "1.2"), None),  # on the day itself
        (both("04-13", "1.6") + both("04-16", "1.2"), "04-15"),  # after the planned day: nothing that was planned moves
        (
            both("04-16", "1.6"),
            "04-16",
        ),  # missing on the planned day: nobody gave it, so it is on the day of the result
        (both("04-16", "1.2"), None),  # the result that was waited for fails
        (both("04-16", "1.2") + both("04-20", "1.6"), "04-20"),
        (both("04-18", "1.6"), "04-20"),  # a Saturday: the first open day
        (anc("04-13", "1.6") + platelets("04-16"), "04-16"),  # the ANC of 13 April is three days old then
        (anc("04-16", "1.6") + platelets("04-17"), "04-17"),  # the one that is still missing comes a day later
        (anc("04-13", "1.6") + platelets("04-16", "80"), None),
        (anc("04-13", "1.2"), None),  # one that fails is enough
        (anc("04-13", "1.6"), "04-15"),  # one that is missing moves nothing
        (anc("04-13", "1200", "/uL"), None),  # 1.2 G/L
        (anc("04-13", "1500", "/uL"), "04-15"),
        (both("04-13", "1.2") + both("04-14", "1.6"), "04-15"),  # better before the planned day
        (both("04-13", "1.2") + both("04-18", "1.6"), "04-20"),  # a Saturday: the first open day
        (both("04-13", "1.2") + both("04-20", "1.4") + both("04-27", "1.5"), "04-27"),
        (both("04-13", "1.2") + both("04-18", "1.6") + both("04-20", "1.1"), None),  # worse again on that day
        (both("04-13", "1.2") + anc("04-20", "1.6"), "04-20"),  # platelets are needed, and move nothing
        (both("04-13", "1.2") + platelets("04-20"), None),
        (anc("04-13", "1.2") + anc("04-13", "1.6"), "04-15"),  # of one day the later record counts
        (anc("04-13", "1.6") + anc("04-13", "1.2"), None),
        (anc("04-13", "1.2") + platelets("04-13", "80") + anc("04-20", "1.6") + platelets("04-27"), "04-27"),
    ],
)
def test_what_counts_and_from_when(story: str, third: str | None) -> None:
    assert dates(planned(story), "drug").get("3") == third


def test_a_value_that_comes_after_the_planned_day_is_read_and_explain_says_which_counted() -> None:
    story = both("04-16", "1.6")  # events 4 and 5; nobody has recorded the dose of 15 April
    third = entry(planned(story), "drug.3")
    assert (third.flags, third.window) == ((), (date(2026, 4, 16), date(2026, 4, 19)))
    said = explain(planned(story), "drug.3", DRUG, told("2026-02-27 randomised, arm: all\n" + GIVEN + story))
    assert said.title == (
        "Drug, cycle 3 is planned for Thursday 16 April 2026 (Day 44), because on Thursday 16 April 2026 ANC is 1.6 G/L."
    )
    lines = [line.sentence for line in said.lines]
    assert "Of ANC counts 1.6 G/L on Thursday 16 April 2026; at least 1.5 G/L is asked for." in lines
    assert "Of platelets counts 150 G/L on Thursday 16 April 2026; at least 100 G/L is asked for." in lines
    # The value that is too old on the day of the other one is asked for again.
    (needed,) = [each for each in planned(anc("04-13", "1.6") + platelets("04-17")).findings if each.entry == "drug.3"]
    assert needed.message == "value needed: ANC from 2026-04-14 on"


def test_a_dose_that_was_given_or_passed_over_does_not_wait_for_a_value_that_came_later() -> None:
    given = planned("2026-04-15 given, treatment: drug, n: 3\n" + both("04-16", "1.2"))
    assert (dates(given, "drug")["3"], dates(given, "drug")["4"]) == ("04-15", "05-06")
    later = planned("2026-05-06 given, treatment: drug, n: 4\n" + both("05-07", "1.6"))
    assert dates(later, "drug")["4"] == "05-06"
    assert dates(later, "drug").get("3") in (None, "no date", "04-15")
    booked = planned("2026-04-14 booked, entry: drug.3, to: 2026-04-16\n" + both("04-16", "1.6"))
    assert dates(booked, "drug")["3"] == "04-16"


def test_both_results_of_one_day_are_cited() -> None:
    assert {4, 5} <= entry(planned(anc("04-13", "1.2") + anc("04-13", "1.6")), "drug.3").because.event_numbers()


def test_a_value_that_was_corrected_or_struck_moves_nothing_and_says_so() -> None:
    right = "2026-04-14 corrected, number: 4, reason: typing, with: {on: 2026-04-13, event: measured, test: ANC, "
    right += "value: 2.1, unit: G/L}\n"
    struck = "2026-04-14 struck, number: 4, reason: another patient\n"
    for amended in (right, struck):
        found = planned(anc("04-13", "1.2") + amended)
        assert dates(found, "drug") == AS_PLANNED
        assert 5 in entry(found, "drug.3").because.event_numbers()


def test_a_hold_and_a_delay_move_the_days_whose_values_count() -> None:
    held = "2026-04-14 held, treatment: drug, reason: fever\n2026-04-22 resumed, treatment: drug, reason: well\n"
    assert moved(both("04-13", "1.2") + held)["3"] == "04-22"  # 19 to 22 April has no value
    assert moved(held + anc("04-20", "1.2")) == {}
    put_off = "2026-04-14 delayed, treatment: drug, n: 3, until: 2026-04-22, reason: holiday\n"
    assert moved(both("04-13", "1.2") + put_off)["3"] == "04-22"
    assert moved(put_off + anc("04-20", "1.2")) == {}


def test_an_appointment_stands_unless_a_value_of_its_days_fails() -> None:
    booked = "2026-04-13 booked, entry: drug.3, to: 2026-04-16\n"
    again = "2026-04-14 booked, entry: drug.3, to: 2026-04-22\n"
    assert moved(booked + both("04-13", "1.2")) == {}
    assert [each.code for each in planned(booked + anc("04-13", "1.2")).findings if each.entry == "drug.3"] == [
        "booking-void"
    ]
    assert moved(both("04-13", "1.2") + again)["3"] == "04-22"
    assert moved(both("04-13", "1.2") + again + anc("04-21", "1.3")) == {}
    assert moved(both("04-13", "1.2") + again + anc("04-21", "1.5"))["3"] == "04-22"


def test_a_dose_although_a_value_fails_or_is_missing_is_asked() -> None:
    head = "2026-02-27 randomised, arm: all\n" + GIVEN
    dose = "2026-04-15 given, treatment: drug, n: 3, amount: 200 mg"

    def questions(story: str) -> list[tuple[str, str]]:
        found = asked(head + story, dose, version=DRUG, site=WEEKDAYS)
        return [(each.code, str(each.what)) for each in found]

    given = "drug.3 was given on 2026-04-15:"
    fails = f"{given} ANC 1.2 G/L on 2026-04-13, and at least 1.5 G/L is asked for"
    missing = f"{given} no platelets from 2026-04-12 to 2026-04-15"
    assert questions(both("04-13", "1.6")) == []
    assert questions(both("04-13", "1.2")) == [("goes-on-without", fails)]
    assert questions(anc("04-13", "1.6")) == [("goes-on-without", missing)]
    (question,) = asked(head + both("04-13", "1.2"), dose, version=DRUG, site=WEEKDAYS)
    assert isinstance(question.what, Said)
    assert say(question.what, Language.CHINESE) == (
        "drug.3 于 2026-04-15 给药：ANC 1.2 G/L（2026-04-13），而要求为 at least 1.5 G/L"
    )
    strengths = codes(asked(head, dose, version=DRUG, site=WEEKDAYS))
    assert strengths == [("asked", "goes-on-without", "0.on")]


def test_a_dose_without_its_values_is_a_deviation_from_that_sentence() -> None:
    head = "2026-02-27 randomised, arm: all\n" + GIVEN.replace("n: 2", "n: 2, confirmed: no laboratory that day")
    (found,) = deviations_of(DRUG, WEEKDAYS, told(head))
    assert (found.kind, found.entry, found.clause and found.clause.line) == (Deviated.VALUES_NOT_MET, "drug.2", 12)
    assert str(found.what) == "drug.2 was given on 2026-03-25: no ANC and no platelets from 2026-03-22 to 2026-03-25"
    late = both("03-23", "1.5") + both("04-13", "1.2") + "2026-04-17 given, treatment: drug, n: 3\n"
    (found,) = deviations_of(DRUG, WEEKDAYS, told("2026-02-27 randomised, arm: all\n" + GIVEN + late))
    assert (found.entry, found.events) == ("drug.3", (6, 8))


def work(story: str, on: str) -> list[tuple[str | None, str]]:
    """What a coordinator has to decide or to see to, on a day."""
    head = "2026-02-27 randomised, arm: all\n" + GIVEN
    patient = patient_of(DRUG, WEEKDAYS, told(head + story), subject="S-1")
    return [(line.entry, str(line.to_do)) for line in worklist([patient], date.fromisoformat(on)).decisions]


def test_the_worklist_asks_for_the_value_from_three_days_before_and_for_its_repetition() -> None:
    needed = (
        "value needed: ANC and platelets from 2026-04-12 on: record 'measured' with test: ANC and again with test: "
    )
    assert work("", "2026-04-11") == []
    assert work("", "2026-04-12") == [("drug.3", f"{needed}platelets")]
    assert work(both("04-12", "1.5"), "2026-04-13") == []
    only = "value needed: platelets from 2026-04-12 on: record 'measured' with test: platelets"
    assert work(anc("04-12", "1.5"), "2026-04-13") == [("drug.3", only)]
    repeat = "it waits for a value of ANC at least 1.5 G/L: repeat the test, and record 'measured'"
    assert work(both("04-12", "1.2"), "2026-04-13") == [("drug.3", repeat)]


CYCLES = study("""
study days: first dose is Day 1
cycles:
  chemotherapy:
    when: {1: on first dose, then: 14 days +3 after the previous cycle}
    goes on when: ANC at least 1.5 G/L, values within 3 days
treatments:
  oxaliplatin: {when: in every cycle on day 1, give: 85 mg/m2 intravenously}
  fluorouracil: {when: in every cycle on day 1, give: 2400 mg/m2 intravenously}
""")
FIRST_CYCLE = "".join(f"2026-03-02 given, treatment: {drug}, n: 1\n" for drug in ("oxaliplatin", "fluorouracil"))


def test_a_cycle_waits_with_all_its_drugs() -> None:
    # 14 days after Monday 2 March is 16 March; repeated on 23 March, and 14 days after that is 6 April.
    waits = calendar(CYCLES, FIRST_CYCLE + anc("03-13", "1.2"), until="2026-04-10", site=WEEKDAYS)
    assert dates(waits, "oxaliplatin") == dates(waits, "fluorouracil") == {"1": "03-02"}
    assert {"chemotherapy.2", "oxaliplatin.2", "fluorouracil.2"} <= pending(waits)
    story = FIRST_CYCLE + anc("03-13", "1.2") + anc("03-23", "1.5")
    found = calendar(CYCLES, story, until="2026-04-10", site=WEEKDAYS)
    assert dates(found, "oxaliplatin") == dates(found, "fluorouracil") == {"1": "03-02", "2": "03-23", "3": "04-06"}


def test_a_drug_given_although_its_cycle_waits_is_asked_once() -> None:
    head = "2026-02-27 randomised, arm: all\n" + FIRST_CYCLE + anc("03-13", "1.2")
    first = "2026-03-16 given, treatment: oxaliplatin, n: 2"
    found = asked(head, first, version=CYCLES, site=WEEKDAYS)
    what = "chemotherapy.2 was given on 2026-03-16: ANC 1.2 G/L on 2026-03-13, and at least 1.5 G/L is asked for"
    assert [str(each.what) for each in found if each.code == "goes-on-without"] == [what]
    second = "2026-03-16 given, treatment: fluorouracil, n: 2"
    found = asked(f"{head}{first}, confirmed: the investigator said so\n", second, version=CYCLES, site=WEEKDAYS)
    assert "goes-on-without" not in [each.code for each in found]


def test_what_if_says_what_a_value_would_move() -> None:
    before, after = planned(both("04-13", "1.2")), planned(both("04-13", "1.2") + both("04-20", "1.6"))
    assert [str(change.sentence) for change in compare_calendars(before, after)] == [
        "drug.3 waits no longer: Mon 20 Apr 2026, planned, 200 mg",
        "drug.4 to .5 are new",
    ]


LIMITED = study("""
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 21 days ±3 after the previous cycle}
    give: 200 mg intravenously
    goes on when: "ANC at least 1.5 G/L, values within 3 days, after more than 21 days: discontinue"
""")


def limited(story: str) -> Calendar:
    return calendar(LIMITED, GIVEN + story, until="2026-06-02", site=WEEKDAYS)


def test_after_more_than_21_days_the_protocol_proposes_to_discontinue() -> None:
    # Planned for 15 April: 21 days after it are over with 6 May, so it is proposed from 7 May on.
    (to_come,) = limited(anc("04-13", "1.2")).proposals_to_come
    assert (to_come.id, to_come.raised, to_come.options[0].words) == ("drug.waits.4", date(2026, 5, 7), "discontinue")
    found = limited(anc("04-13", "1.2") + anc("05-07", "1.4"))
    (proposal,) = found.proposals
    assert (proposal.id, proposal.is_open, proposal.events) == ("drug.waits.4", True, (4,))
    assert pending(found) == {"drug.3"}


def test_a_value_on_the_last_of_these_days_is_in_time_and_one_on_the_next_waits_for_the_decision() -> None:
    in_time = limited(anc("04-13", "1.2") + anc("05-06", "1.5"))
    assert (dates(in_time, "drug")["3"], in_time.proposals) == ("05-06", ())
    late = limited(anc("04-13", "1.2") + anc("05-07", "1.5"))
    assert (dates(late, "drug")["3"], [each.id for each in late.proposals]) == ("05-07", ["drug.waits.4"])
    assert Flag.AWAITING_DECISION in entry(late, "drug.3").flags


def test_a_decision_to_discontinue_ends_it() -> None:
    decided = "2026-05-08 decided, proposal: drug.waits.4, action: discontinue, by: Dr Li\n"
    found = limited(anc("04-13", "1.2") + anc("05-07", "1.4") + decided)
    assert (entry(found, "drug.3").status.value, pending(found)) == ("cancelled", set())
    head = "2026-02-27 randomised, arm: all\n" + GIVEN + anc("04-13", "1.2")
    assert [each.code for each in asked(head, decided.strip(), version=LIMITED, site=WEEKDAYS)] == []
    unknown = decided.strip().replace(".4,", ".3,")
    assert [each.code for each in asked(head, unknown, version=LIMITED, site=WEEKDAYS)] == ["unknown-proposal"]


def test_given_in_time_all_the_same_nothing_is_proposed() -> None:
    given = "2026-04-17 given, treatment: drug, n: 3, confirmed: the investigator said so\n"
    found = limited(anc("04-13", "1.2") + given + anc("05-07", "1.6"))
    assert (found.proposals, found.proposals_to_come, dates(found, "drug")["4"]) == ((), (), "05-08")


KIDNEYS = study("""
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 21 days after the previous cycle}
    give: 200 mg intravenously
    goes on when: creatinine clearance at least 45 mL/min, values within 3 days, from cycle 3 on
""")


@pytest.mark.parametrize(
    ("value", "third"), [("45", "04-15"), ("44.9", None), ("0.75 mL/s", "04-15"), ("not known", "04-15")]
)
def test_creatinine_clearance_counts_as_it_is_recorded_for_a_dose(value: str, third: str | None) -> None:
    story = f"2026-04-13 attribute, name: creatinine clearance, value: {value}\n"
    found = calendar(KIDNEYS, GIVEN + story, until="2026-04-30", site=WEEKDAYS)
    assert dates(found, "drug").get("3") == third
    assert ("value-needed" in [each.code for each in found.findings]) is (value == "not known")


def test_a_patient_reads_of_no_visit_while_the_cycle_waits_and_of_nothing_else() -> None:
    def visits(story: str) -> list[str]:
        recorded = datetime(2026, 4, 16, tzinfo=UTC)
        feed = agenda(
            planned(story, until="2026-05-10"),
            recorded=dict.fromkeys(range(1, 12), recorded),
            published=recorded,
            key=bytes(32),
            zone="Asia/Shanghai",
            as_of=date(2026, 4, 16),
        )
        return [f"{item.first:%m-%d} {item.summary}" for item in feed.items if item.standing is Standing.CONFIRMED]

    asked_for = ["03-04 Study visit", "03-25 Study visit"]
    assert visits("") == visits(both("04-13", "1.5")) == [*asked_for, "04-15 Study visit", "05-06 Study visit"]
    assert visits(both("04-13", "1.2")) == asked_for
    assert visits(both("04-13", "1.2") + both("04-20", "1.5")) == [*asked_for, "04-20 Study visit"]


HEAD = 'study: OTHER\nversion: "{}"\ntitle: Another study\narms: {{all: everybody}}\n'
BODY = """
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 21 days after the previous cycle}
    give: 200 mg intravenously
"""
NEEDS = "    goes on when: ANC at least 1.5 G/L, values within 3 days\n"
MAY_MOVE = 'amendment: {of: "1.0", patients: may move, consent: not needed}\n'


def moving(first: str, later: str) -> StudyVersion:
    """Version 1.0, whose patients may move to 1.1."""
    one = parse_protocol(HEAD.format("1.0") + first, name="protocol.yaml")[0]
    other = parse_protocol(HEAD.format("1.1") + MAY_MOVE + later, name="protocol-1.1.yaml")[0]
    return replace(one, others=(other,))


def test_a_cycle_waits_by_the_version_that_the_patient_is_under() -> None:
    to_one_without, to_one_with = moving(BODY + NEEDS, BODY), moving(BODY, BODY + NEEDS)
    low, moved_on = anc("04-13", "1.2"), "2026-04-14 moved to version, version: '1.1'\n"
    assert "3" not in dates(calendar(to_one_without, GIVEN + low, site=WEEKDAYS), "drug")
    assert dates(calendar(to_one_without, GIVEN + low + moved_on, site=WEEKDAYS), "drug")["3"] == "04-15"
    assert dates(calendar(to_one_with, GIVEN + low, site=WEEKDAYS), "drug")["3"] == "04-15"
    assert "3" not in dates(calendar(to_one_with, GIVEN + low + moved_on, site=WEEKDAYS), "drug")


def test_a_dose_of_the_earlier_version_had_its_values_and_still_has() -> None:
    version = moving(BODY + NEEDS, BODY)
    story = GIVEN + anc("03-24", "1.6")
    found = calendar(version, story + "2026-04-01 moved to version, version: '1.1'\n", site=WEEKDAYS)
    assert [each.code for each in found.findings] == []


def test_waiting_for_a_value_is_a_delay_for_toxicity() -> None:
    # Due on 15 April: 14 days after it is 29 April.
    limits = "    delay at most: {logistics: 28 days, toxicity: 14 days}\n"
    version = study(BODY + NEEDS + limits)

    def late(day: str) -> list[str]:
        found = calendar(version, GIVEN + anc("04-13", "1.2") + anc(day, "1.6"), site=WEEKDAYS)
        return [each.message for each in found.findings if each.code == "delay-too-long"]

    assert late("04-29") == []
    assert late("04-30") == ["drug.3 is 15 days after the day it was due, more than 14 days for toxicity"]


EVERY_SECOND_CYCLE = study("""
study days: first dose is Day 1
cycles:
  clock:
    when: {1: on first dose, then: 28 days after the previous cycle}
    until: at most 3 cycles
    open: any day
    goes on when: ANC at least 1.5 G/L, values within 3 days
treatments:
  drug:
    when: in cycles 1, then every 2nd
    give: 200 mg intravenously
    open: any day
""")


def test_a_cycle_in_which_no_drug_is_given_asks_for_no_value_and_the_next_one_does() -> None:
    """Cycle 1 on 4 March; cycle 2, 1 April, has no drug and no record; cycle 3 is on 29 April."""
    found = calendar(EVERY_SECOND_CYCLE, "2026-03-04 given, treatment: drug, n: 1\n", until="2026-05-30")
    assert dates(found, "drug") == {"1": "03-04", "3": "04-29"}
    assert [each.id for each in found.entries if Flag.VALUE_NEEDED in each.flags] == ["clock.3", "drug.3"]
