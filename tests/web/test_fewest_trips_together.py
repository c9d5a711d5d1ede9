"""Fewest trips of several patients, from a week of the agenda: a choice, a proposal, and all of it is booked or nothing."""

from __future__ import annotations

import re

import pytest

from scheduler.web.guards.roles import Role
from tests.web.clicking import Clicking
from tests.web.people import Person, Place, words_of
from tests.web.test_agenda import enrolled, site_with_chairs

WEEK = "/agenda?view=week&on=2026-06-10&site=Shanghai"
PAGE = "/agenda/fewest-trips"
UNTIL = "2026-08-13"


def booked_of(person: Person, subject: str) -> list[str]:
    events = person.get(f"/api/subjects/{subject}/events").json()["events"]
    return [each["event"]["entry"] for each in events if each["event"]["event"] == "booked"]


def test_a_week_of_the_agenda_leads_to_the_choice(place: Place) -> None:
    at_work = Clicking(place.somebody()).goes_to(WEEK).clicks_on("Fewest trips", PAGE)
    text = words_of(at_work.page)
    # Wednesday 10 June is in the week that ends on Sunday 14 June.
    assert 'name="until" value="2026-06-14"' in at_work.page.text
    assert "at most 30 are planned together CTL-002 CTL-006 EXP-001 EXP-003 EXP-004 Search" in text
    assert 'method="post" action="/agenda' not in at_work.page.text
    assert "Fewest trips" not in words_of(place.somebody(Role.MONITOR).get(WEEK))
    assert "Fewest trips" not in words_of(
        place.somebody().get("/agenda?view=week&on=2026-05-14")
    )  # a week that is over


def test_odd_questions_get_plain_answers(place: Place) -> None:
    person = place.somebody()
    for until in ("2026-05-21", "2027-05-21", "soon"):
        answer = person.get(f"{PAGE}?until={until}")
        assert (answer.status_code, "The last day has to come after today" in words_of(answer)) == (422, True)
    for subject in ("EXP-005", "nobody"):
        answer = person.get(f"{PAGE}?on=2026-06-10&subject={subject}")
        assert (answer.status_code, "Choose again." in words_of(answer)) == (422, True)
    assert person.get(f"{PAGE}?on=tomorrow").status_code == 200


def test_more_patients_are_planned_together_for_the_next_two_weeks_than_farther_ahead(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = place.somebody()
    assert "at most 120 are planned together" in person.reads(f"{PAGE}?until=2026-06-04")
    assert "at most 30 are planned together" in person.reads(f"{PAGE}?until=2026-06-05")
    two = "subject=EXP-003&subject=CTL-002"
    monkeypatch.setattr("scheduler.web.pages.trips.several_patients.MOST_FARTHER", 1)
    text = words_of(person.get(f"{PAGE}?until=2026-06-14&{two}"))
    assert "Choose 1 patients or fewer; up to 4 Jun 2026 it may be 120." in text
    monkeypatch.setattr("scheduler.web.pages.trips.several_patients.MOST", 1)
    assert "Choose 1 patients or fewer." in words_of(person.get(f"{PAGE}?until=2026-06-14&{two}"))


@pytest.mark.slow
def test_a_plan_of_two_patients_is_looked_at_and_booked_whole(place: Place) -> None:
    person = place.somebody()
    asked = f"{PAGE}?site=Shanghai&on=2026-06-10&until={UNTIL}&subject=EXP-003&subject=EXP-004"
    at_work = Clicking(person).goes_to(asked)
    text = words_of(at_work.page)
    assert "It is proven that no plan inside these windows has fewer trips." in text
    alone = [person.get(f"/api/subjects/{each}/fewest-trips?until={UNTIL}").json() for each in ("EXP-003", "EXP-004")]
    saved = sum(each["saves"] for each in alone)  # the site says nowhere how many patients a day it takes
    assert f"as proposed: {saved} fewer." in text
    button = re.findall(r"Book (\d+) appointments", text)
    assert button == [str(sum(len(each["patients"][0]["events"]) for each in alone))]
    at_work.presses(f"Book {button[0]} appointments")
    assert "view=week&on=2026-06-10&site=Shanghai&recorded=" in str(at_work.page.url)
    assert "Recorded: EXP-003, " in words_of(at_work.page)
    for each in alone:
        (plan,) = each["patients"]
        wanted = {move["entry"]: move["proposed"] for move in plan["moves"]}
        calendar = {
            e["id"]: e["date"] for e in person.get(f"/api/subjects/{plan['subject']}/calendar").json()["entries"]
        }
        assert {name: calendar.get(name, day) for name, day in wanted.items()} == wanted
    again = Clicking(person).goes_to(asked)
    assert "No date would move: no plan that was found has fewer trips." in words_of(again.page)


@pytest.mark.slow
def test_what_was_recorded_of_one_of_them_meanwhile_books_nothing_of_all(place: Place) -> None:
    person = place.somebody()
    before = {each: booked_of(person, each) for each in ("EXP-003", "EXP-004")}
    at_work = Clicking(person).goes_to(f"{PAGE}?on=2026-06-10&until={UNTIL}&subject=EXP-003&subject=EXP-004")
    (button,) = re.findall(r"Book \d+ appointments", words_of(at_work.page))
    other = place.somebody()
    assert (
        other.records("EXP-004", event="booked", on="2026-05-21", entry="imaging.1", to="2026-06-03").status_code == 303
    )
    at_work.presses(button)
    assert at_work.page.status_code == 409
    assert "another plan is proposed" in words_of(at_work.page)
    assert {each: booked_of(person, each) for each in before} == before | {"EXP-004": [*before["EXP-004"], "imaging.1"]}


@pytest.mark.slow
def test_who_is_not_chosen_stays_and_only_takes_room(place: Place) -> None:
    site_with_chairs(place, "Harbin")
    for number in ("HRB-001", "HRB-002"):
        enrolled(place, number, "Harbin")
    person = place.somebody(Role.COORDINATOR, frozenset({"Harbin"}))
    page = person.get(f"{PAGE}?until=2026-06-14&subject=HRB-002")
    assert re.findall(r"<h2><a href=\"/subjects/([^\"]+)", page.text) == ["HRB-002"]
    assert "It is proven that no plan inside these windows has fewer trips." in words_of(page)
    assert person.get(f"{PAGE}?until=2026-06-14&subject=EXP-003").status_code == 422  # a patient of another site
