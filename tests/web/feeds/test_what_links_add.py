"""What a link adds to the events of its feed, and that no link in use is told anything by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from scheduler.calendar.entries.entry import Kind
from scheduler.exports.of_a_link import NOTHING_MORE, OfALink, Reminder, with_what_a_link_adds
from scheduler.languages import Language
from scheduler.views.agenda.item import AgendaItem, Standing
from scheduler.views.reader.audience import Audience, Detail
from scheduler.web.feeds.making import new_link
from scheduler.web.feeds.shown import Shown, more_of, what_is_told_too_much
from tests.seed import VERSION
from tests.web.feeds.subscribing import act, calendar, events, record, subscribe
from tests.web.people import Place

EN, ZH = Language.ENGLISH, Language.CHINESE
VISIT = AgendaItem(
    uid="v",
    first=date(2026, 5, 21),
    last=date(2026, 5, 21),
    time=time(9, 30),
    summary="Study visit",
    description=("At 09:30",),
    transparent=False,
    standing=Standing.CONFIRMED,
    sequence=3,
    last_modified=datetime(2026, 5, 1, tzinfo=UTC),
    kinds=(Kind.VISIT,),
)


def but(item: AgendaItem, **other: object) -> AgendaItem:

    return replace(item, **other)  # type: ignore[arg-type]


def with_more(item: AgendaItem, more: OfALink, language: Language = EN, subject: str | None = None) -> AgendaItem:
    (found,) = with_what_a_link_adds([item], more, language, subject)
    return found


def made(server: Place, more: OfALink, audience: Audience = Audience.PATIENT) -> str:
    shown = Shown(audience, "EXP-001", "Shanghai", Detail.STANDARD, EN, more)
    link, token = new_link(shown, server.time.now(), 12)
    server.store.add_link(link, act(server))
    return f"/feeds/{token}.ics"


def test_who_asked_is_reminded_and_told_where_to_come_and_what_to_bring() -> None:
    more = OfALink(Reminder.TWO_HOURS, "Gate 3, first floor", "your card")
    told = with_more(VISIT, more)
    assert (told.alarm, told.place) == (timedelta(hours=2), "Gate 3, first floor")
    assert told.description == ("At 09:30", "Please bring: your card")
    assert with_more(VISIT, more, ZH).description == ("At 09:30", "请携带：your card")
    assert with_more(VISIT, NOTHING_MORE) == VISIT


@pytest.mark.parametrize(
    ("remind", "timed", "all_day"),
    [
        (Reminder.TWO_HOURS, timedelta(hours=2), None),
        # 18:00 on the day before is six hours before midnight, and 09:30 is nine and a half after it.
        (Reminder.EVENING, timedelta(hours=15, minutes=30), timedelta(hours=6)),
        (Reminder.DAY, timedelta(days=1), timedelta(hours=12)),
    ],
)
def test_a_reminder_of_a_day_without_a_time_is_not_at_midnight(
    remind: Reminder, timed: timedelta, all_day: timedelta | None
) -> None:
    assert with_more(VISIT, OfALink(remind)).alarm == timed
    assert with_more(but(VISIT, time=None), OfALink(remind)).alarm == all_day


def test_nobody_is_reminded_of_tablets_or_of_what_is_cancelled_and_a_call_has_no_place() -> None:
    more = OfALink(Reminder.DAY, "Gate 3", "your card", "https://trial.example")
    tablets, cancelled = but(VISIT, kinds=()), but(VISIT, standing=Standing.CANCELLED)
    assert with_more(tablets, more) == tablets
    assert (with_more(cancelled, more).alarm, with_more(cancelled, more).place) == (None, "")
    call = with_more(but(VISIT, kinds=(Kind.CONTACT,)), more)
    assert (call.alarm, call.place, call.description) == (timedelta(days=1), "", ("At 09:30",))


def test_staff_can_sort_and_are_led_back_to_the_patient_s_page() -> None:
    item = but(VISIT, kinds=(Kind.INFUSION, Kind.LABORATORY))
    told = with_more(item, OfALink(pages="https://trial.example"), ZH, "EXP 1/2")
    assert (told.categories, told.colour) == (("输液", "实验室检查"), "royalblue")
    assert told.url == "https://trial.example/subjects/EXP%201%2F2"
    nowhere = with_more(item, OfALink(pages=""), EN, "EXP-001")
    assert (nowhere.categories, nowhere.url) == (("Infusion", "Laboratory"), "")


def test_a_place_that_names_the_drug_or_the_study_is_not_taken_below_full_detail() -> None:
    def told(place: str, detail: Detail) -> bool:
        shown = Shown(Audience.PATIENT, "EXP-001", None, detail, EN, more_of(None, place, None, None))
        return what_is_told_too_much(shown, [VERSION]) is not None

    assert [told(place, Detail.NEUTRAL) for place in ("Gate 3", "REGORAFENIB desk", "特瑞普利单抗输液室")] == [
        False,
        True,
        True,
    ]
    assert (told("Regorafenib desk", Detail.STANDARD), told("Regorafenib desk", Detail.FULL)) == (True, False)
    # A standard calendar says of a visit that it is radiotherapy, a neutral one does not.
    assert [told("Radiotherapy, gate 3", detail) for detail in (Detail.NEUTRAL, Detail.STANDARD)] == [True, False]
    assert more_of(None, "  Gate\n 3 ", "x" * 300, None).place == "Gate 3"
    assert len(more_of(None, None, "x" * 300, None).bring) == 200


def test_a_program_reads_what_a_link_adds(place: Place) -> None:
    plain = events(calendar(place, subscribe(place, detail=Detail.STANDARD)))
    told = events(calendar(place, made(place, OfALink(Reminder.DAY, "Gate 3; left, then right", "your card"))))
    assert plain.keys() == told.keys()
    here = [each for each in told.values() if each.location]
    assert {each.location for each in here} == {"Gate 3; left, then right"}
    assert all("Please bring: your card" in (each.description or "") for each in here)
    # The same revisions as in the link without: what it adds is no change of the plan.
    assert {uid: each.sequence for uid, each in told.items()} == {uid: each.sequence for uid, each in plain.items()}
    staff = events(calendar(place, made(place, OfALink(pages="https://trial.example"), Audience.COORDINATOR)))
    assert {str(each.url) for each in staff.values() if each.url} >= {"https://trial.example/subjects/EXP-001"}
    assert {"Infusion", "Visit"} <= {word for each in staff.values() for word in each.categories}


def test_a_link_in_use_stays_as_it_is_beside_one_that_adds(place: Place) -> None:
    path = subscribe(place, detail=Detail.STANDARD)
    before = calendar(place, path)
    other = made(place, OfALink(Reminder.EVENING, "Gate 3", "your card"))
    assert calendar(place, other) != before
    assert calendar(place, path) == before
    moved = {"event": "rebooked", "on": "2026-05-21", "entry": "toripalimab.5", "to": "2026-06-10", "at": "11:00"}
    record(place, moved)
    revisions = [
        {uid: each.sequence for uid, each in events(calendar(place, each)).items()} for each in (path, other, path)
    ]
    assert revisions[0] == revisions[1] == revisions[2]


def test_the_page_and_programs_make_such_a_link(place: Place) -> None:
    nurse = place.somebody("coordinator")
    wanted = {"audience": "patient", "subject": "EXP-001", "detail": "neutral", "language": "en"}
    page = nurse.sends("/links", **wanted, remind="evening", place="Gate 3", bring="your card").text
    assert "at 18:00 on the day before" in page
    link = place.store.links()[-1]
    assert (link.remind, link.place, link.bring, link.pages) == ("evening", "Gate 3", "your card", None)
    wrong = nurse.sends("/links", **wanted, place="Regorafenib desk")
    assert (wrong.status_code, "may not name the study" in wrong.text) == (422, True)
    assert nurse.sends("/links", **wanted, remind="never").status_code == 422
    assert len(place.store.links()) == 1


def test_a_command_makes_such_a_link(seed_database: Path, tmp_path: Path) -> None:
    from tests.cli.typed import study_in, typed

    folder = study_in(tmp_path)
    (folder / "study.db").write_bytes(seed_database.read_bytes())
    assert typed("link", folder, "EXP-001", "--remind", "day", "--place", "Gate 3", "--bring", "a card").code == 0
    wrong = typed("link", folder, "EXP-001", "--place", "Regorafenib desk")
    assert (wrong.code, "may not name the study" in wrong.err.replace("\n", " ")) == (2, True)
