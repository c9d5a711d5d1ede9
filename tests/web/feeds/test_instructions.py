"""How to subscribe: told with the new address, in the language of whoever will read the calendar."""

from __future__ import annotations

from scheduler.said import said
from scheduler.web.feeds.instructions import instructions_for
from tests.web.people import Place, words_of


def test_every_program_has_its_steps_in_the_patient_s_language(place: Place) -> None:
    nurse = place.somebody("coordinator")
    wanted = {"audience": "patient", "subject": "EXP-001", "detail": "neutral"}
    english = words_of(nurse.sends("/links", **wanted, language="en"))
    for program in ("Apple", "Google Calendar", "Outlook", "Android", "Thunderbird"):
        assert program in english
    assert "Choose to subscribe, and give the calendar a name: Study visits." in english
    page = nurse.sends("/links", **wanted, language="zh")
    assert "选择订阅，并为日历命名：研究访视。" in words_of(page)
    assert "This calendar names more than visits" not in english


def test_a_calendar_that_names_tests_and_treatments_says_so(place: Place) -> None:
    nurse = place.somebody("coordinator")
    page = nurse.sends("/links", audience="patient", subject="EXP-001", detail="standard", language="en")
    assert "This calendar names more than visits" in words_of(page)


def test_others_are_sent_to_fetch_it_only_where_they_can_and_in_secret() -> None:
    name = said("Study visits")
    here = instructions_for("http://127.0.0.1:8000/feeds/x.ics", name)
    assert [each.link for each in here] == [None] * 5
    there = instructions_for("https://trial.example/feeds/x.ics", name)
    assert [each.link is not None for each in there] == [False, True, True, False, False]
    assert all("http%3A" not in (each.link or "") for each in there)
