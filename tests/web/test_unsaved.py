"""A session ends while a form is filled in: what was typed is there again after logging in, for the same account only."""

from __future__ import annotations

from datetime import timedelta

from scheduler.store.values import UnsavedForm
from tests.web.clicking import Clicking
from tests.web.people import HELD, Person, Place, words_of

GONE = 60 * 13
"""Minutes after which every session has ended."""


def filled_in(place: Place, login: str = "nurse") -> tuple[Person, str]:
    """Somebody whose session ended before the form was sent; and where the answer leads."""
    if place.store.account_of(login) is None:
        place.account("coordinator", login=login)
    person = Person(place)
    person.log_in(login)
    token = person.form_token
    place.time.pass_by(minutes=GONE)
    answer = person.browser.post("/subjects/EXP-001/preview", data={"form_token": token, "password": "x y z", **HELD})
    assert answer.status_code == 303
    return person, answer.headers["location"]


def test_what_was_typed_is_there_again_after_logging_in(place: Place) -> None:
    before = place.store.log("EXP-001").length
    person, login = filled_in(place)
    assert login.startswith("/login?to=/unsaved/")
    answer = person.log_in("nurse", to=login.partition("=")[2])
    page = Clicking(person).goes_to(answer.headers["location"])
    assert "An unsaved form about EXP-001" in page.reads
    page.presses("Go on with it")
    assert 'value="AE 2"' in page.page.text
    assert '<option value="regorafenib" selected>' in page.page.text
    page.presses("See what changes", treatment="regorafenib").presses("Record it")
    assert place.store.log("EXP-001").length == before + 1
    assert "An unsaved form" not in page.goes_to("/").reads


def test_nobody_else_sees_it_and_no_password_is_kept(place: Place) -> None:
    _, login = filled_in(place)
    other = place.somebody()
    assert other.get(login.partition("=")[2]).status_code == 404
    assert other.sends(login.partition("=")[2]).status_code == 404
    assert "An unsaved form" not in other.reads("/")
    (kept,) = place.store.unsaved_forms("id-nurse", place.time.now())
    assert kept.fields == HELD
    assert kept.path == "/subjects/EXP-001/preview"


def test_it_is_named_on_the_first_page_and_can_be_let_go(place: Place) -> None:
    person, _ = filled_in(place)
    person.log_in("nurse")
    page = Clicking(person).goes_to("/").clicks_on("An unsaved form about EXP-001").presses("Let go of it")
    assert "An unsaved form" not in page.reads


def test_nothing_is_kept_for_a_stranger_or_after_logging_out(place: Place) -> None:
    form = {"form_token": "0" * 64, **HELD}
    stranger = place.stranger()
    assert stranger.browser.post("/subjects/EXP-001/preview", data=form).headers["location"] == "/login"
    person, _ = filled_in(place)
    place.store.drop_unsaved_form("id-nurse", place.store.unsaved_forms("id-nurse", place.time.now())[0].key)
    assert person.browser.post("/subjects/EXP-001/preview", data=form).headers["location"] == "/login"
    person.log_in("nurse")
    token = person.form_token
    person.sends("/logout")
    answer = person.browser.post("/subjects/EXP-001/preview", data=form | {"form_token": token})
    assert answer.headers["location"] == "/login"
    assert place.store.unsaved_forms("id-nurse", place.time.now()) == ()


def test_a_session_that_ended_lets_nobody_in(place: Place) -> None:
    person, _ = filled_in(place)
    assert person.browser.get("/").status_code == 303
    assert words_of(person.browser.get("/subjects/EXP-001")) == ""


def test_the_newest_five_are_kept_for_three_days(place: Place) -> None:
    now = place.time.now()
    for number in range(7):
        at = now + timedelta(minutes=number)
        place.store.keep_unsaved_form(UnsavedForm("id-x", f"key-{number}", at, "/subjects/A/preview", {"on": "today"}))
    kept = place.store.unsaved_forms("id-x", now)
    assert [each.key for each in kept] == ["key-6", "key-5", "key-4", "key-3", "key-2"]
    later = now + timedelta(days=3, minutes=4)
    assert [each.key for each in place.store.unsaved_forms("id-x", later)] == ["key-6", "key-5"]
