"""What a patient reads, told as stories."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from scheduler.calendar.entries.entry import Calendar, Dose, Flag, Kind, Run, Status
from scheduler.languages import Language
from scheduler.views.agenda.item import ItemKind, Standing
from scheduler.views.agenda.tablets import AtOnce, OfStrength, Size, tablet_findings, tablets_at_once
from scheduler.views.days.attendance import days_left
from scheduler.views.reader.audience import Audience, Detail
from tests.feeds.patients import (
    EIGHTY,
    FORTY,
    PUBLISHED,
    a_busy_patient,
    attend,
    calendar,
    cycle,
    day,
    held,
    read_by,
    recorded,
    run,
    shown,
)


def test_a_day_with_three_things_to_do_is_one_visit() -> None:
    seen = read_by(
        calendar(
            attend("imaging.1", Kind.SCAN, "03-30", by=[1]),
            attend("toripalimab.2", Kind.INFUSION, "03-30", by=[3], at="13:15"),
            cycle(2, "03-30", by=[2]),
            log=3,
        )
    )
    assert shown(seen) == [("03-30 13:15", "Study visit")]
    assert seen.items[0].description == ("Appointments on this day: 3", "At 13:15")
    assert seen.items[0].sequence == 3
    assert seen.items[0].last_modified == recorded(3)


def test_standard_lists_the_parts_and_what_is_done() -> None:
    seen = read_by(
        calendar(
            attend("imaging.1", Kind.SCAN, "03-30", activities=("CT or MRI", "tumour markers")),
            attend(
                "toripalimab.2", Kind.INFUSION, "03-30", at="9:15", activities=("Toripalimab reaction check", "weight")
            ),
        ),
        detail=Detail.STANDARD,
    )
    assert shown(seen) == [("03-30 09:15", "Study visit: infusion, scan")]
    assert seen.items[0].description == (
        "09:15 infusion",
        "scan",
        "- study treatment reaction check",
        "- weight",
        "- CT or MRI",
        "- tumour markers",
    )


def test_full_names_everything() -> None:
    seen = read_by(a_busy_patient(), detail=Detail.FULL)
    assert seen.name == "Study calendar REGO-TORI-RT"
    assert shown(seen)[:2] == [
        ("03-02", "regorafenib: 2 tablets"),
        ("03-02 09:30", "Study visit: Toripalimab dose 1 + regorafenib cycle 1"),
    ]
    assert ("03-16..03-29", "Do not take regorafenib") in shown(seen)


def test_a_lone_visit_is_just_a_study_visit() -> None:
    seen = read_by(calendar(attend("c1d8.1", Kind.VISIT, "03-09")), detail=Detail.STANDARD)
    assert shown(seen) == [("03-09", "Study visit")]


def test_a_visit_among_other_parts_is_named_only_for_its_time() -> None:
    parts = [
        attend("screening.1", Kind.VISIT, "02-20", at="10:30"),
        attend("imaging.0", Kind.SCAN, "02-20", at="08:00"),
    ]
    seen = read_by(calendar(*parts), detail=Detail.STANDARD)
    assert shown(seen) == [("02-20 08:00", "Study visit: scan")]
    assert seen.items[0].description == ("10:30 visit", "08:00 scan")


def test_every_day_of_tablets_is_a_line_that_leaves_the_day_free() -> None:
    seen = read_by(calendar(cycle(1, "03-02", run(1, 3, "03-02", EIGHTY), activities=())))
    assert shown(seen) == [
        ("03-02", "Study tablets: 2 tablets"),
        ("03-03", "Study tablets: 2 tablets"),
        ("03-04", "Study tablets: 2 tablets"),
    ]
    assert {(item.transparent, item.kind, item.alarm) for item in seen.items} == {(True, ItemKind.ALL_DAY, None)}


def test_one_tablet_is_not_tablets() -> None:
    seen = read_by(calendar(cycle(1, "03-02", run(1, 1, "03-02", FORTY), activities=())))
    assert shown(seen) == [("03-02", "Study tablets: 1 tablet")]


@pytest.mark.parametrize(
    ("dose", "tablets"),
    [
        (Dose(Decimal(120), "mg"), 3),
        (Dose(Decimal("120.0"), "mg"), 3),
        (Dose(Decimal(100), "mg"), None),
        (Dose(Decimal(80), "g"), None),
        (Dose(Decimal(0), "mg"), None),
        (Dose(None, "mg"), None),
    ],
)
def test_the_number_of_tablets_is_whole_or_not_said(dose: Dose, tablets: int | None) -> None:
    at_once = tablets_at_once("regorafenib", (dose,), {"regorafenib": Size((Decimal(40),), "mg")})
    assert at_once == (AtOnce((OfStrength(tablets),)) if tablets else None)


@pytest.mark.parametrize(
    ("often", "english", "chinese"),
    [
        ("twice daily", "Study tablets: 2 tablets, twice a day", "研究药片：每次 2 片，每日两次"),
        ("three times daily", "Study tablets: 2 tablets, three times a day", "研究药片：每次 2 片，每日三次"),
        ("four times daily", "Study tablets: 2 tablets, four times a day", "研究药片：每次 2 片，每日四次"),
        ("every 4 hours", "Study tablets: 2 tablets, every 4 hours", "研究药片：每次 2 片，每 4 小时一次"),
        ("every 6 hours", "Study tablets: 2 tablets, every 6 hours", "研究药片：每次 2 片，每 6 小时一次"),
        ("every 8 hours", "Study tablets: 2 tablets, every 8 hours", "研究药片：每次 2 片，每 8 小时一次"),
        ("once in the evening", "Study tablets: 2 tablets, in the evening", "研究药片：晚上 2 片"),
        ("once in the morning", "Study tablets: 2 tablets, in the morning", "研究药片：早上 2 片"),
        ("every other day", "Study tablets", "研究药片"),
    ],
)
def test_what_is_taken_at_once_is_said_with_how_often(often: str, english: str, chinese: str) -> None:
    # 80 mg twice daily are 2 tablets and 2 tablets: who read "4 tablets" might take them at once.
    twice = calendar(cycle(1, "03-02", run(1, 1, "03-02", Dose(Decimal(80), "mg", often=often)), activities=()))
    assert shown(read_by(twice)) == [("03-02", english)]
    assert shown(read_by(twice, language=Language.CHINESE)) == [("03-02", chinese)]
    assert tablet_findings(twice, {"regorafenib": Size((Decimal(40),), "mg")}) == ()


def test_a_dose_that_the_tablets_cannot_make_is_a_finding_and_shows_no_number() -> None:
    patient = calendar(cycle(1, "03-02", run(1, 2, "03-02", Dose(Decimal(100), "mg")), activities=()))
    assert shown(read_by(patient)) == [("03-02", "Study tablets"), ("03-03", "Study tablets")]
    findings = tablet_findings(patient, {"regorafenib": Size((Decimal(40),), "mg")})
    assert [str(finding) for finding in findings] == [
        "regorafenib.1: warning: 100 mg cannot be made of tablets of 40 mg (the patient's calendar shows no number of "
        "tablets; change the dose or the product) [tablets-do-not-make-dose]"
    ]
    assert tablet_findings(a_busy_patient(), {"regorafenib": Size((Decimal(40),), "mg")}) == ()


def test_two_kinds_of_tablets_without_names_have_no_number() -> None:
    patient = calendar(
        cycle(1, "03-02", run(1, 1, "03-02", EIGHTY), activities=()),
        cycle(1, "03-02", run(1, 1, "03-02", EIGHTY), activities=(), treatment="capecitabine"),
        holds=(held("03-03", "03-05", 4),),
        log=4,
    )
    seen = read_by(patient)
    assert shown(seen) == [
        ("03-02", "Study tablets"),
        ("03-02", "Study tablets"),
        ("03-03..03-04", "Do not take some of your study tablets"),
    ]
    assert seen.items[2].description == ("Ask your study team which ones.",)
    assert ("03-02", "regorafenib: 2 tablets") in shown(read_by(patient, detail=Detail.FULL))


def test_a_hold_takes_the_tablets_away_and_says_so() -> None:
    patient = calendar(
        cycle(
            1,
            "05-11",
            run(1, 2, "05-11", EIGHTY, by=[2]),
            run(3, 5, "05-13", EIGHTY, by=[2, 3, 4], status=Status.HELD),
            run(6, 6, "05-16", FORTY, by=[2, 3, 4]),
            activities=(),
        ),
        holds=(held("05-13", "05-16", 3, 4),),
        log=4,
    )
    seen = read_by(patient)
    assert shown(seen) == [
        ("05-11", "Study tablets: 2 tablets"),
        ("05-12", "Study tablets: 2 tablets"),
        ("05-13..05-15", "Do not take study tablets"),
        ("05-16", "Study tablets: 1 tablet"),
    ]
    assert (seen.items[2].sequence, seen.items[2].description) == (4, ())


def test_a_hold_without_an_end_lasts_as_far_as_the_calendar_looks() -> None:
    patient = calendar(cycle(1, "05-11", activities=()), holds=(held("05-13", None, 3),), log=3)
    for looked_at in ("05-13", "08-01"):
        seen = read_by(patient, as_of=day(looked_at))
        assert shown(seen) == [("05-13..12-31", "Do not take study tablets")]
        assert seen.items[0].description == ("Until your study team tells you to start again.",)


@pytest.mark.parametrize(("until", "last"), [(day("05-12"), day("05-13")), (None, date(2028, 5, 13))])
def test_a_hold_without_an_end_depends_on_nothing_else(until: date | None, last: date) -> None:
    patient = calendar(
        cycle(1, "05-11", activities=()),
        attend("imaging.2", Kind.SCAN, "06-20"),
        holds=(held("05-13", None, 3),),
        log=3,
        until=until,
    )
    hold = next(item for item in read_by(patient).items if item.summary == "Do not take study tablets")
    assert (hold.first, hold.last) == (day("05-13"), last)


def test_the_resume_shortens_the_same_line_with_a_higher_sequence() -> None:
    before = read_by(calendar(cycle(1, "05-11", activities=()), holds=(held("05-13", None, 3),), log=3)).items[0]
    after = read_by(calendar(cycle(1, "05-11", activities=()), holds=(held("05-13", "06-01", 3, 5),), log=5)).items[0]
    assert (before.uid, before.sequence) == (after.uid, 3)
    assert (after.last, after.sequence) == (day("05-31"), 5)


def test_holds_for_several_reasons_are_one_line() -> None:
    patient = calendar(
        cycle(1, "05-11", activities=()),
        holds=(held("05-20", "05-28", 4, 6), held("05-13", "05-22", 3, 5), held("06-10", "06-10", 7, 8)),
        log=8,
    )
    assert shown(read_by(patient)) == [("05-13..05-27", "Do not take study tablets")]


def test_a_hold_of_an_infusion_is_no_matter_of_tablets() -> None:
    patient = calendar(
        cycle(1, "05-11", run(1, 1, "05-11", EIGHTY), activities=()),
        holds=(held("05-13", None, 3, treatment="toripalimab"),),
    )
    assert shown(read_by(patient)) == [("05-11", "Study tablets: 2 tablets")]


def test_tablets_not_taken_and_cancelled_vanish() -> None:
    patient = calendar(
        cycle(
            1,
            "05-11",
            run(1, 1, "05-11", EIGHTY, status=Status.NOT_DONE),
            run(2, 2, "05-12", EIGHTY, status=Status.DONE),
            run(3, 21, "05-13", EIGHTY, status=Status.CANCELLED),
            activities=(),
        )
    )
    assert shown(read_by(patient)) == [("05-12", "Study tablets: 2 tablets")]


def test_a_moved_visit_keeps_its_identity() -> None:
    before = read_by(calendar(attend("imaging.1", Kind.SCAN, "04-24", by=[1]))).items[0]
    after = read_by(calendar(attend("imaging.1", Kind.SCAN, "04-28", by=[1, 4], at="08:00"), log=4)).items[0]
    assert after.uid == before.uid
    assert (before.sequence, after.sequence) == (1, 4)
    assert after.kind is ItemKind.TIMED


def test_a_day_that_loses_a_part_changes_too() -> None:
    scan = attend("imaging.1", Kind.SCAN, "04-24", by=[1])
    infusion = attend("toripalimab.3", Kind.INFUSION, "04-24", by=[2])
    states = [
        calendar(scan, infusion, log=2),
        calendar(scan, infusion, log=3),
        calendar(scan._replace(date=day("04-27"), because=scan.because._replace(latest=4)), infusion, log=4),
    ]
    left = days_left(states)
    assert left == {day("04-24"): 4}
    seen = read_by(states[-1], left=left)
    assert [(item.first, item.sequence, item.last_modified) for item in seen.items] == [
        (day("04-24"), 4, recorded(4)),
        (day("04-27"), 4, recorded(4)),
    ]
    assert seen.items[0].uid == read_by(states[0]).items[0].uid


def test_the_first_of_a_fixed_order_leads_whatever_comes_first() -> None:
    parts = [
        attend("safety-30.1", Kind.VISIT, "04-24"),
        attend("imaging.1", Kind.SCAN, "04-24"),
        attend("radiotherapy.2", Kind.FRACTION, "04-24"),
        attend("toripalimab.3", Kind.INFUSION, "04-24"),
    ]
    alone = read_by(calendar(parts[3])).items[0].uid
    assert read_by(calendar(*parts)).items[0].uid == alone
    assert read_by(calendar(*reversed(parts))).items[0].uid == alone


@pytest.mark.parametrize(("looked_at", "is_shown"), [("03-07", True), ("03-21", True), ("03-22", False)])
def test_a_cancelled_visit_stays_for_14_days_after_it_was_cancelled(looked_at: str, is_shown: bool) -> None:
    assert recorded(7).date() == day("03-07")
    patient = calendar(
        attend("c1d15.1", Kind.VISIT, "03-16", by=[7], status=Status.CANCELLED),
        attend("c2d15.1", Kind.VISIT, "04-13"),
        log=7,
    )
    seen = read_by(patient, as_of=day(looked_at))
    assert shown(seen) == [("03-16", "Cancelled: Study visit")] * is_shown + [("04-13", "Study visit")]
    if is_shown:
        assert seen.items[0].standing is Standing.CANCELLED
        assert seen.items[0].transparent


def test_a_visit_that_no_event_cancelled_stays_for_14_days_after_its_date() -> None:
    patient = calendar(attend("c1d15.1", Kind.VISIT, "03-16", status=Status.CANCELLED), log=0)
    assert shown(read_by(patient, as_of=day("03-30"))) == [("03-16", "Cancelled: Study visit")]
    assert shown(read_by(patient, as_of=day("03-31"))) == [("01-05", "Nothing is planned at present")]


@pytest.mark.parametrize(
    ("booked_for", "last"),
    # Cancelled on 7 March: 14 days later is 21 March.
    [("03-16", "03-21"), ("03-21", "03-21"), ("03-22", "03-22"), ("05-12", "05-12")],
)
@pytest.mark.parametrize("audience", list(Audience))
def test_a_booked_visit_that_was_cancelled_is_shown_until_the_later_of_14_days_and_its_own_day(
    audience: Audience, booked_for: str, last: str
) -> None:
    patient = calendar(
        attend("toripalimab.4", Kind.INFUSION, booked_for, by=[7], status=Status.CANCELLED, flags=(Flag.BOOKED,)),
        log=7,
    )

    def is_shown(on: date) -> bool:
        # What a site reads is made once a month, and is the same until the next.
        looked_at = on if audience is Audience.PATIENT else on.replace(day=1)
        seen = read_by(patient, audience, as_of=looked_at)
        return any(item.standing is Standing.CANCELLED for item in seen.items)

    assert is_shown(day(last))
    assert is_shown(day(last) + timedelta(days=1)) is (audience is not Audience.PATIENT)
    assert not is_shown(day("08-01"))


def test_an_infusion_on_hold_is_off_and_a_cycle_on_hold_had_its_first_day() -> None:
    patient = calendar(
        attend("toripalimab.2", Kind.INFUSION, "03-31", by=[7], status=Status.HELD),
        cycle(2, "03-30", run(1, 21, "03-30", EIGHTY, status=Status.HELD, by=[7]), status=Status.HELD),
        log=7,
    )
    assert shown(read_by(patient)) == [("03-30", "Study visit"), ("03-31", "Cancelled: Study visit")]


def test_a_cancelled_part_leaves_the_rest_of_the_day() -> None:
    patient = calendar(
        attend("toripalimab.2", Kind.INFUSION, "03-30", by=[7], status=Status.CANCELLED),
        attend("imaging.1", Kind.SCAN, "03-30", by=[1]),
        log=7,
    )
    seen = read_by(patient)
    assert shown(seen) == [("03-30", "Study visit")]
    assert (seen.items[0].standing, seen.items[0].sequence) == (Standing.CONFIRMED, 7)
    assert seen.items[0].uid == read_by(calendar(patient.entries[1])).items[0].uid


def test_what_was_not_done_is_not_called_cancelled() -> None:
    patient = calendar(attend("c1d15.1", Kind.VISIT, "03-05", by=[7], status=Status.NOT_DONE), log=7)
    assert shown(read_by(patient)) == [("03-05", "Not done: Study visit")]


def test_what_awaits_a_decision_says_so() -> None:
    doubtful = (Flag.AWAITING_DECISION,)
    patient = calendar(
        cycle(2, "03-30", run(1, 1, "03-30", EIGHTY, flags=doubtful), activities=()),
        attend("toripalimab.2", Kind.INFUSION, "03-30", flags=doubtful),
    )
    seen = read_by(patient)
    assert shown(seen) == [
        ("03-30", "To be confirmed: Study tablets"),
        ("03-30", "To be confirmed: Study visit"),
    ]
    question = "Your study team has still to decide about this. Ask before you come or take tablets."
    assert [item.description for item in seen.items] == [(question,), (question,)]


def test_a_date_that_may_still_change_says_so() -> None:
    patient = calendar(
        cycle(9, "10-01", run(1, 1, "10-01", EIGHTY, flags=(Flag.PROVISIONAL,)), activities=()),
        attend("imaging.9", Kind.SCAN, "10-02", flags=(Flag.PROVISIONAL,)),
    )
    assert [item.description for item in read_by(patient).items] == [("The date may still change.",)] * 2


def infusion_days(*runs: Run) -> Calendar:
    entry = attend("obinutuzumab.1", Kind.INFUSION, "03-02", by=[2], at="09:00", activities=("haematology",))
    return calendar(entry._replace(runs=runs), log=5)


def test_an_infusion_on_several_days_of_a_cycle_is_as_many_visits() -> None:
    gram = Dose(Decimal(1000), "mg")
    patient = infusion_days(
        run(1, 1, "03-02", Dose(Decimal(100), "mg"), by=[2], status=Status.DONE),
        run(2, 2, "03-03", Dose(Decimal(900), "mg"), by=[2]),
        run(8, 8, "03-09", by=[2, 5], status=Status.HELD),
        run(15, 15, "03-16", gram, by=[2]),
    )
    seen = read_by(patient, detail=Detail.STANDARD)
    assert shown(seen) == [
        ("03-02 09:00", "Study visit: infusion"),
        ("03-03", "Study visit: infusion"),
        ("03-09", "Cancelled: Study visit: infusion"),
        ("03-16", "Study visit: infusion"),
    ]
    assert [item.sequence for item in seen.items] == [2, 2, 5, 2]
    assert [item.description for item in seen.items][:2] == [("09:00 infusion", "- haematology"), ("infusion",)]


def test_an_infusion_that_goes_on_for_days_is_one_visit_and_one_line() -> None:
    low, high = Dose(Decimal(9), "mcg"), Dose(Decimal(28), "mcg")
    patient = infusion_days(
        run(1, 1, "03-02", low, by=[2], status=Status.DONE),
        run(2, 7, "03-03", low, by=[2]),
        run(8, 28, "03-09", high, by=[3]),
    )
    seen = read_by(patient)
    assert shown(seen) == [
        ("03-02..03-08", "Study treatment"),
        ("03-02 09:00", "Study visit"),
        ("03-09..03-29", "Study treatment"),
        ("03-09", "Study visit"),
    ]
    assert [item.sequence for item in seen.items] == [2, 2, 3, 3]
    assert len({item.uid for item in seen.items}) == 4


def test_a_delay_of_the_cycle_changes_its_days_too() -> None:
    patient = calendar(cycle(2, "04-06", run(1, 2, "04-06", EIGHTY, by=[2]), by=[2, 4], activities=()), log=4)
    assert [item.sequence for item in read_by(patient).items] == [4, 4]


def test_a_drug_where_a_treatment_has_several() -> None:
    doses = (Dose(Decimal(80), "mg", of="drug-a"),)
    sizes = {"drug-a": Size((Decimal(20),), "mg"), "period-1": Size((Decimal(1),), "mg")}
    assert tablets_at_once("period-1", doses, sizes) == AtOnce((OfStrength(4),))
    assert tablets_at_once("period-1", doses * 2, {"drug-a": Size((Decimal(20),), "mg")}) is None


def test_a_telephone_call_asks_nobody_to_come() -> None:
    seen = read_by(calendar(attend("survival.1", Kind.CONTACT, "11-02")))
    assert shown(seen) == [("11-02", "Study contact")]
    assert seen.items[0].description == ("Your study team will contact you. You need not come.",)
    assert seen.items[0].transparent


def test_periods_are_nothing_to_attend() -> None:
    assert "adverse-events" not in {
        entry.timeline for entry in a_busy_patient().entries if entry.kind is not Kind.PERIOD
    }
    only_a_period = calendar(attend("adverse-events.1", Kind.PERIOD, "03-02"))
    assert shown(read_by(only_a_period)) == [("03-01", "Nothing is planned at present")]


def test_the_whole_patient_in_chinese() -> None:
    seen = read_by(a_busy_patient(), language=Language.CHINESE)
    assert seen.name == "研究日程"
    assert seen.description[0] == "日程第 9 版，2026-03-09。"
    without_tablets = [line for line in shown(seen) if "片" not in line[1]]
    assert without_tablets == [
        ("03-02 09:30", "研究访视"),
        ("03-09", "研究访视"),
        ("03-13 14:00", "研究访视"),
        ("03-16", "已取消：研究访视"),
        ("03-23", "研究访视"),
        ("03-24", "研究访视"),
        ("03-25", "研究访视"),
        ("03-26", "研究访视"),
        ("03-27", "研究访视"),
        ("03-30", "待确认：研究访视"),
        ("04-24", "研究访视"),
        ("11-02", "研究随访联系"),
    ]
    assert ("03-02", "研究药片：2 片") in shown(seen)
    assert ("03-16..03-29", "请勿服用研究药片") in shown(seen)
    assert sum("研究药片：" in text for _, text in shown(seen)) == 14
    assert sum("待确认：研究药片" in text for _, text in shown(seen)) == 21


def test_nothing_of_the_day_it_is_asked_about_shows_but_cancelled_visits() -> None:
    first = read_by(a_busy_patient(), as_of=date(2026, 3, 9))
    later = read_by(a_busy_patient(), as_of=date(2027, 3, 9))
    assert [item for item in first.items if item.standing is Standing.CONFIRMED] == list(later.items)


def test_without_an_event_an_item_is_as_old_as_the_templates() -> None:
    seen = read_by(calendar(attend("screening.1", Kind.VISIT, "02-20"), log=0))
    assert (seen.items[0].sequence, seen.items[0].last_modified) == (0, PUBLISHED)


def test_templates_newer_than_the_event_make_the_item_newer() -> None:
    released = recorded(3) + timedelta(days=30)
    seen = read_by(calendar(attend("imaging.1", Kind.SCAN, "04-24", by=[3]), log=3), published=released)
    assert (seen.items[0].sequence, seen.items[0].last_modified) == (3, released)


def test_a_clock_set_back_never_makes_a_later_event_older() -> None:
    times = {1: recorded(5), 2: recorded(1)}
    seen = read_by(calendar(attend("imaging.1", Kind.SCAN, "04-24", by=[2]), log=2), recorded=times)
    assert seen.items[0].last_modified == recorded(5)


def test_an_event_that_nobody_recorded_is_refused() -> None:
    with pytest.raises(LookupError, match="event 3 has no recorded time"):
        read_by(calendar(attend("imaging.1", Kind.SCAN, "04-24", by=[3]), log=1), recorded={1: recorded(1)})


def test_times_without_a_zone_and_short_keys_are_refused() -> None:
    patient = calendar(attend("imaging.1", Kind.SCAN, "04-24"))
    with pytest.raises(ValueError, match="need a zone"):
        read_by(patient, published=PUBLISHED.replace(tzinfo=None))
    with pytest.raises(ValueError, match="at least 16 octets"):
        read_by(patient, key=b"short")
