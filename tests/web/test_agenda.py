"""The agenda's pages: month, week and day of a site, read as a person reads them, and what becomes of odd questions."""

from __future__ import annotations

import re

from scheduler.store.values import Enrolment, SiteSource
from scheduler.web.guards.roles import Role
from tests.web.people import SETTING_UP, Place

WITH_CHAIRS = "  infusion: {title: Infusion unit, chairs: 1, hours: 08:00-17:00, patients a day: 1}\n"


def site_with_chairs(place: Place, name: str) -> None:
    """One more site, which says what it takes."""
    study = place.store.study()
    assert study is not None
    first = study.sites[0]
    text = re.sub(r"(?m)^site: .*$", f"site: {name}", first.text)
    text = re.sub(r"(?m)^  infusion:.*\n", WITH_CHAIRS, text)
    assert WITH_CHAIRS in text
    place.store.add_site(SiteSource(name, f"{name}.yaml", text, first.holidays), SETTING_UP)


def enrolled(place: Place, number: str, site: str) -> None:
    study = place.store.study()
    assert study is not None
    place.store.enrol(Enrolment(number, site, study.protocols[0].digest), SETTING_UP)
    nurse = place.somebody(Role.COORDINATOR)
    for event in (
        {"event": "consented", "on": "2026-05-01"},
        {"event": "randomised", "on": "2026-05-20", "arm": "experimental"},
    ):
        assert nurse.records(number, **event).status_code == 303


def test_month_has_every_day_with_who_comes(place: Place) -> None:
    text = place.somebody(Role.MONITOR).reads("/agenda")
    assert "Agenda · Shanghai May 2026" in text
    # On 27 May one patient has an infusion at 13:30; 1 May is a holiday.
    assert "Wednesday 27 1 patient 13:30 EXP-003 infusion, booked Thursday 28" in text
    assert "Friday 1 closed: public holiday: Labor Day" in text
    assert "The site's file says nowhere how many patients a resource takes" in text


def test_week_is_by_resource_and_day_leads_to_record(place: Place) -> None:
    nurse = place.somebody(Role.COORDINATOR)
    week = nurse.reads("/agenda?view=week&on=2026-05-27")
    assert "25 – 31 May 2026" in week
    assert re.search(r"infusion 13:30 EXP-003 infusion, booked Toripalimab, dose 6 Move EXP-003 radiotherapy", week)
    day = nurse.get("/agenda?view=day&on=2026-05-27").text
    assert "/subjects/EXP-003/record?entry=toripalimab.6" in day
    assert "/record?" not in place.somebody(Role.MONITOR).get("/agenda?view=day&on=2026-05-27").text


def test_filter_keeps_itself_from_day_to_day(place: Place) -> None:
    page = place.somebody(Role.PHARMACIST).get("/agenda?view=week&on=2026-05-27&resource=clinic&arm=control").text
    assert "EXP-003" not in page
    assert "CTL-006" in page
    assert "/agenda?view=week&amp;on=2026-05-18&amp;site=Shanghai&amp;resource=clinic&amp;arm=control" in page


def test_somebody_sees_only_the_patients_about_whom_they_recorded_something(place: Place) -> None:
    nurse = place.somebody(Role.COORDINATOR)
    week, mine = "/agenda?view=week&on=2026-05-27", "&whose=mine"
    assert "CTL-006" in nurse.reads(week)
    assert ("EXP-003" in nurse.reads(week + mine), "CTL-006" in nurse.reads(week + mine)) == (False, False)
    assert nurse.records("EXP-003", event="attribute", on="2026-05-20", name="weight", value="70 kg").status_code == 303
    assert ("EXP-003" in nurse.reads(week + mine), "CTL-006" in nurse.reads(week + mine)) == (True, False)
    assert ("EXP-003" in nurse.reads("/?whose=mine"), "CTL-006" in nurse.reads("/?whose=mine")) == (True, False)
    other = place.somebody(Role.INVESTIGATOR)
    assert "EXP-003" not in other.reads(week + mine)


def test_overload_is_told_before_it_happens(place: Place) -> None:
    site_with_chairs(place, "Harbin")
    for number in ("HRB-001", "HRB-002"):
        enrolled(place, number, "Harbin")
    person = place.somebody(Role.COORDINATOR, frozenset({"Harbin"}))
    # Both were randomised on Wednesday 20 May and have their first infusion within three days; one chair, one patient a day.
    text = person.reads("/agenda?view=month&on=2026-05-21")
    assert "Does not fit 1" in text
    assert "infusion: 2 patients, and it takes 1 a day HRB-001 HRB-002" in text


def test_odd_day_gets_a_plain_answer(place: Place) -> None:
    person = place.somebody(Role.COORDINATOR)
    asked = ["on=9999-12-31&view=day", "on=0001-01-01", "on=tomorrow", "view=year", "on=2026-02-30", "on=" + "9" * 400]
    for each in asked:
        answer = person.get(f"/agenda?{each}")
        assert answer.status_code == 422, each
        assert "Write dates as YYYY-MM-DD." in answer.text
        assert person.get(f"/agenda.csv?{each}").status_code == 422


def test_unknown_site_resource_or_arm_shows_nothing_of_anybody(place: Place) -> None:
    person = place.somebody(Role.COORDINATOR)
    assert "Agenda · Shanghai" in person.reads("/agenda?site=Elsewhere")
    odd = person.get("/agenda?view=week&resource=%3Cscript%3E&arm=none").text
    assert "<script>" not in odd
    assert "EXP-" not in odd


def test_files_are_the_same_list(place: Place) -> None:
    person = place.somebody(Role.COORDINATOR)
    rows = person.get("/agenda.csv?view=day&on=2026-05-27").text.splitlines()
    assert rows[1:] == [
        "2026-05-27,13:30,,infusion,attendance,EXP-003,experimental,infusion,toripalimab.6,"
        '"Toripalimab, dose 6",2026-05-24,2026-05-30,planned,booked',
        "2026-05-27,,,pharmacy,preparation,EXP-003,experimental,infusion,toripalimab.6,"
        '"Toripalimab, dose 6",2026-05-24,2026-05-30,planned,booked',
    ]
    assert person.get("/agenda.xlsx?view=week").content[:2] == b"PK"
    assert person.get("/agenda.pdf?view=week").content[:5] == b"%PDF-"


def test_api_tells_the_same_days(place: Place) -> None:
    person = place.somebody(Role.COORDINATOR)
    told = person.get("/api/agenda?from=2026-05-27&to=2026-05-28").json()
    assert [(day["date"], day["patients"]) for day in told["days"]] == [("2026-05-27", 1), ("2026-05-28", 0)]
    assert told["days"][0]["appointments"][0]["entry"] == "toripalimab.6"
    assert person.get("/api/agenda?site=Elsewhere").status_code == 404
    assert person.get("/api/agenda?from=2026-05-27&to=2026-05-26").status_code == 422


def test_what_can_be_done_stands_in_week_and_month_too(place: Place) -> None:
    nurse, monitor = place.somebody(Role.COORDINATOR), place.somebody(Role.MONITOR)
    for view in ("week", "month"):
        page = nurse.get(f"/agenda?view={view}&on=2026-05-27").text
        assert "/subjects/EXP-003/move?entry=toripalimab.6" in page
        assert f"back=%2Fagenda%3Fview%3D{view}" in page
        assert "/move?" not in monitor.get(f"/agenda?view={view}&on=2026-05-27").text
