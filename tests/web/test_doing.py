"""Doing things where one sees them: a visit done, not done and moved from its row, and what was just recorded undone."""

from __future__ import annotations

import re
from datetime import date

import pytest

from scheduler import read_case
from scheduler.errors import Conflict
from scheduler.patient.events import VisitDone, parse_event
from scheduler.store.checked_recording import Follows, record_together
from scheduler.store.study import study_of
from scheduler.web.doing.deeds import deeds_on
from scheduler.web.showing.own_paths import local_path, with_query
from tests.seed import FOLDER
from tests.web.clicking import Clicking
from tests.web.people import HELD, ORDER, PASSWORD, SETTING_UP, Place

UNDO = "recorded by mistake"


def clicking(place: Place, role: str = "coordinator") -> Clicking:
    return Clicking(place.somebody(role))


def last_of(place: Place, subject: str) -> tuple[str, str | None]:
    record = list(place.store.records(subject=subject))[-1]
    return record.kind, record.reason


def test_visit_that_went_as_planned_is_one_click_and_a_confirmation(place: Place) -> None:
    at_work = clicking(place).goes_to("/").clicks_on("Done on 20 May 2026", "EXP-005")
    assert "What would change EXP-005 This event Wednesday 20 May 2026: End of treatment is done" in at_work.reads
    at_work.presses("Record it")
    assert at_work.clicks == 2
    assert last_of(place, "EXP-005")[0] == "visit done"
    assert "Recorded: EXP-005, End of treatment is done." in at_work.reads
    assert not at_work.links("Done on 20 May 2026", "EXP-005")


def test_visit_of_today_is_done_today(place: Place) -> None:
    place.time.pass_by(days=4)
    at_work = clicking(place).goes_to("/").clicks_on("Done today", "c2d15.1").presses("Record it")
    assert at_work.clicks == 2
    event = place.store.log("EXP-004").records[-1].event
    assert isinstance(event, VisitDone)
    assert (event.entry, event.on) == ("c2d15.1", date(2026, 5, 25))


def test_another_day_is_asked_for_first(place: Place) -> None:
    at_work = clicking(place).goes_to("/").clicks_on("Done on …", "EXP-005")
    assert "Done on which day?" in at_work.reads
    at_work.presses("See what changes", on="2026-05-21")
    assert "Thursday 21 May 2026: End of treatment is done" in at_work.reads
    at_work.presses("Record it")
    assert place.store.log("EXP-005").records[-1].event.on == date(2026, 5, 21)


def test_missed_visit_is_one_click_a_reason_and_a_confirmation(place: Place) -> None:
    at_work = clicking(place).goes_to("/").clicks_on("Not done", "EXP-005")
    assert "Why was it not done?" in at_work.reads
    at_work.presses("Record it", reason="did not come")
    assert at_work.clicks == 2
    assert last_of(place, "EXP-005") == ("not done", "did not come")


def test_missed_fraction_is_two_clicks(place: Place) -> None:
    person = place.somebody()
    fields = {"subject": "EXP-011", "site": "Shanghai", "randomised": "2026-04-24", "arm": "experimental"}
    person.sends("/enrol", first_dose_planned="2026-04-27", **fields)
    person.records("EXP-011", event="cycle started", on="2026-04-27", treatment="regorafenib", cycle="1")
    at_work = Clicking(person).goes_to("/").clicks_on("Not done", "entry=radiotherapy.4")
    at_work.presses("Record it", reason="linac down")
    assert at_work.clicks == 2
    assert last_of(place, "EXP-011") == ("not done", "linac down")


def test_dose_is_never_done_by_a_click(place: Place) -> None:
    place.time.pass_by(days=6)
    at_work = clicking(place).goes_to("/")
    assert not at_work.links("Done", "toripalimab.6")
    at_work.clicks_on("Given …", "toripalimab")
    fields = dict(re.findall(r'<input id="field-(\w+)" name="\w+" value="([^"]*)"', at_work.page.text))
    assert (fields["on"], fields["n"], fields["amount"]) == ("2026-05-27", "6", "")
    assert '<option value="toripalimab" selected>' in at_work.page.text
    by_hand = at_work.person.get("/subjects/EXP-003/do?entry=toripalimab.6&what=done&on=2026-05-27")
    assert by_hand.status_code == 303
    assert by_hand.headers["location"].startswith("/subjects/EXP-003/record?event=given&")


def test_start_of_a_cycle_is_said_in_its_form(place: Place) -> None:
    place.time.pass_by(days=4)
    at_work = clicking(place).goes_to("/").clicks_on("Started …", "EXP-003")
    fields = dict(re.findall(r'<input id="field-(\w+)" name="\w+" value="([^"]*)"', at_work.page.text))
    assert (fields["on"], fields["cycle"]) == ("2026-05-25", "5")
    at_work.presses("See what changes", treatment="regorafenib").presses("Record it")
    assert last_of(place, "EXP-003")[0] == "cycle started"
    assert str(at_work.page.url.path) == "/"


def test_visit_is_moved_in_two_clicks_and_a_confirmation(place: Place) -> None:
    at_work = clicking(place).goes_to("/").clicks_on("Move", "EXP-005")
    assert "Move to which day?" in at_work.reads
    at_work.clicks_on("22", "to=2026-05-22")
    assert "End of treatment is booked for Friday 22 May 2026" in at_work.reads
    at_work.presses("Record it")
    assert at_work.clicks == 3
    assert last_of(place, "EXP-005")[0] == "booked"
    moved_again = at_work.goes_to("/").clicks_on("Move", "EXP-005").clicks_on("25", "to=2026-05-25")
    moved_again.presses("Record it")
    assert last_of(place, "EXP-005")[0] == "rebooked"


def test_small_calendar_tells_window_closed_days_load_and_the_rest_of_the_patient(place: Place) -> None:
    page = clicking(place).goes_to("/subjects/EXP-005/move?entry=end-of-treatment.1").page.text

    def cell(day: str) -> str:
        """What the page has of an offered day."""
        found = re.search(rf"(?s)to={day}&.*?</td>", page)
        return found.group(0) if found is not None else "not offered"

    # The window is 20 to 27 May. On 25 May EXP-003 and EXP-004 come. 23 and 24 May 2026 are Saturday and Sunday.
    assert "in the window" in cell("2026-05-27")
    assert "in the window" not in cell("2026-05-28")
    assert "<small>2<" in cell("2026-05-25")
    assert cell("2026-05-23") == cell("2026-05-20") == "not offered"
    assert 'title="in the window; closed: Saturday"' in page
    assert 'title="planned now; ideal day; in the window"' in page
    assert "this patient: Safety follow-up, 30 days" in page


def test_only_who_may_record_it_is_offered_it(place: Place) -> None:
    for role in ("pharmacist", "monitor"):
        page = clicking(place, role).goes_to("/")
        assert not page.links("Done on")
        assert not page.links("Move")
    assert clicking(place, "investigator").goes_to("/").links("Move")


def test_row_about_another_day_of_a_visit_offers_nothing() -> None:
    calendar = read_case(FOLDER / "patients" / "EXP-005.yaml").calendar()
    entry = calendar.entry("end-of-treatment.1")
    assert entry is not None
    today = date(2026, 5, 21)
    about_it = deeds_on(calendar, entry.id, "coordinator", today, "/", (entry.date, entry.window))
    assert [str(each.words) for each in about_it] == [
        "Done on 20 May 2026",
        "Done on …",
        "Whole visit …",
        "Move",
        "Not done",
    ]
    assert deeds_on(calendar, entry.id, "coordinator", today, "/", (today, entry.window)) == ()


def test_what_was_just_recorded_is_undone_in_one_click(place: Place) -> None:
    at_work = clicking(place).goes_to("/").clicks_on("Done on 20 May 2026", "EXP-005").presses("Record it")
    at_work.presses(UNDO)
    assert "It is undone." in at_work.reads
    assert at_work.links("Done on 20 May 2026", "EXP-005")
    record = list(place.store.records(subject="EXP-005"))[-1]
    assert (record.kind, record.reason) == ("struck", UNDO)
    assert UNDO not in at_work.reads


def test_on_a_patients_page_too(place: Place) -> None:
    at_work = clicking(place)
    at_work.lands_on(at_work.person.records("EXP-001", **HELD))
    at_work.presses("it was another patient")
    assert last_of(place, "EXP-001") == ("struck", "it was another patient")
    assert str(at_work.page.url.path) == "/subjects/EXP-001"


def test_page_to_go_to_afterwards_may_have_a_chinese_name_in_its_address(place: Place) -> None:
    at_work = clicking(place)
    at_work.lands_on(at_work.person.records("EXP-001", **HELD))
    name = re.search(r'name="recorded" value="([^"]+)"', at_work.page.text)
    assert name is not None
    answer = at_work.person.sends("/undo", recorded=name[1], why="mistake", back="/agenda?site=上海&on=%E4%B8%8A")
    assert answer.headers["location"].startswith("/agenda?site=%E4%B8%8A%E6%B5%B7&on=%E4%B8%8A&undone=")


def test_nothing_is_undone_later_by_others_or_under_something_else(place: Place) -> None:
    at_work = clicking(place).goes_to("/").clicks_on("Done on 20 May 2026", "EXP-005").presses("Record it")
    kept = at_work.page.text
    name = re.search(r'name="recorded" value="([^"]+)"', kept)
    assert name is not None
    undo = {"recorded": name[1], "why": "mistake", "back": "/"}
    before = place.store.log("EXP-005").length
    other = place.somebody()
    assert other.sends("/undo", **undo).status_code == 409
    assert UNDO not in other.reads(f"/?recorded={name[1]}")
    other.records("EXP-005", event="unscheduled visit", on="2026-05-21")
    assert at_work.person.sends("/undo", **undo).status_code == 409
    assert place.store.log("EXP-005").length == before + 1
    at_work.lands_on(at_work.person.records("EXP-001", **HELD))
    assert UNDO in at_work.reads
    place.time.pass_by(minutes=11)
    assert UNDO not in at_work.goes_to(f"/subjects/EXP-001?saved={place.store.log('EXP-001').length}").reads
    for name_of_none in ("", "0-0", "5-4", "1-99999999", "x-y", "1-1"):
        assert at_work.person.sends("/undo", **undo | {"recorded": name_of_none}).status_code == 409
    assert at_work.person.sends("/undo", **undo | {"why": "because"}).status_code == 404


def test_what_was_signed_is_not_undone(place: Place) -> None:
    doctor = clicking(place, "investigator")
    doctor.lands_on(doctor.person.records("EXP-003", password=PASSWORD, **ORDER))
    assert "is recorded" in doctor.reads
    assert UNDO not in doctor.reads


def test_several_patients_at_once_or_none(place: Place) -> None:
    source = place.store.study()
    assert source is not None
    study = study_of(source)
    done = parse_event({"event": "unscheduled visit", "on": "2026-05-20"})
    seen = {subject: place.store.log(subject).length for subject in ("EXP-001", "EXP-003")}
    late = [Follows("EXP-001", (done,), seen["EXP-001"]), Follows("EXP-003", (done,), seen["EXP-003"] - 1)]
    with pytest.raises(Conflict):
        record_together(place.store, study, late, act=SETTING_UP)
    assert place.store.log("EXP-001").length == seen["EXP-001"]
    right = [Follows(subject, (done, done), length) for subject, length in seen.items()]
    records = record_together(place.store, study, right, act=SETTING_UP)
    assert [(each.subject, each.event) for each in records] == [
        ("EXP-001", seen["EXP-001"] + 1),
        ("EXP-001", seen["EXP-001"] + 2),
        ("EXP-003", seen["EXP-003"] + 1),
        ("EXP-003", seen["EXP-003"] + 2),
    ]


def test_way_back_never_leads_elsewhere() -> None:
    assert [local_path(each) for each in ("//evil", "https://evil", "/\\evil", "", None, "/login?to=x")] == ["/"] * 6
    assert local_path("/subjects/EXP-001?x=1") == "/subjects/EXP-001?x=1"
    assert with_query("/agenda?month=2026-05&saved=3#top", saved="4") == "/agenda?month=2026-05&saved=4"


def test_odd_addresses_get_a_plain_answer(place: Place) -> None:
    person = place.somebody()
    own = "/subjects/EXP-005"
    moved, done = f"{own}/do?entry=end-of-treatment.1&what=moved", f"{own}/do?entry=end-of-treatment.1&what=done"
    far = [f"{moved}&to=9999-12-31", f"{moved}&to=0001-01-01", f"{done}&on=9999-12-31", f"{done}&on=0001-01-01"]
    assert [person.get(path).status_code for path in (*far, moved, f"{done}&on=x")] == [422] * 6
    months = [f"{own}/move?entry=end-of-treatment.1&month={month}" for month in ("2099-12", "2000-01", "1-1")]
    assert [person.get(path).status_code for path in months] == [200, 200, 422]
    unknown = [f"{own}/{step}?entry=nothing.1&what=done" for step in ("do", "move", "visit")]
    assert [person.get(path).status_code for path in unknown] == [404] * 3
    assert "evil" not in person.get(f"{done}&on=2026-05-20&back=https://evil").text
    assert [person.get(f"/?recorded={name}").status_code for name in ("1-1", "9-1", "x", "99999999999-1")] == [200] * 4


def test_tile_of_visits_leads_to_the_nearest_ones(place: Place) -> None:
    coordinator = clicking(place).goes_to("/subjects/EXP-004/record")
    coordinator.clicks_on("Cycle 2 day 15, laboratory only, Mon 25 May 2026")
    assert "What was done at it" in coordinator.reads
    assert not clicking(place, "pharmacist").goes_to("/subjects/EXP-004/record").links("Cycle 2 day 15")


def test_agenda_of_a_day_offers_the_same_and_is_come_back_to(place: Place) -> None:
    place.time.pass_by(days=4)
    at_work = clicking(place).goes_to("/agenda?view=day&on=2026-05-25")
    at_work.clicks_on("Done today", "c2d15.1").presses("Record it")
    assert at_work.clicks == 2
    assert at_work.page.url.path == "/agenda"
    assert "Recorded: EXP-004" in at_work.reads
    assert "Monday 25 May 2026" in at_work.reads or "Mon 25 May 2026" in at_work.reads
    at_work.presses(UNDO)
    assert last_of(place, "EXP-004")[0] == "struck"
    at_work.clicks_on("Move", "regorafenib.5").clicks_on("27", "to=2026-05-27").presses("Record it")
    assert last_of(place, "EXP-003")[0] == "rebooked"
