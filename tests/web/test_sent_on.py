"""A browser that sent a form is sent on to a page that it can ask for again: going back asks, and never sends anew."""

from __future__ import annotations

from httpx2 import Response

from tests.web.people import HELD, Person, Place, words_of

PAGES = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
HOLD = "/subjects/EXP-001/preview"


def browser(place: Place, role: str = "coordinator") -> Person:
    """Somebody whose browser asks for pages, as browsers do when they go somewhere."""
    person = place.somebody(role)
    person.browser.headers |= PAGES
    return person


def address_of(answer: Response) -> str:
    assert (answer.status_code, answer.text) == (303, "")
    return str(answer.headers["location"])


def test_preview_is_a_page_that_can_be_asked_for_again(place: Place) -> None:
    person = browser(place)
    address = address_of(person.sends(HOLD, **HELD))
    assert address.startswith("/sent/")
    assert "Thursday 21 May 2026: Regorafenib is held" in person.reads(address)
    assert person.get(address).text == person.get(address).text
    assert person.get(address).headers["cache-control"] == "no-store"


def test_what_was_recorded_from_it_is_not_recorded_again_after_going_back(place: Place) -> None:
    person = browser(place)
    address = address_of(person.sends(HOLD, **HELD))
    before = place.store.log("EXP-001").length
    carried = person.form_on(address, "/subjects/EXP-001/record")
    first = address_of(person.sends("/subjects/EXP-001/record", **carried))
    assert first == f"/subjects/EXP-001?saved={before + 1}"
    again = person.form_on(address, "/subjects/EXP-001/record")
    assert address_of(person.sends("/subjects/EXP-001/record", **again)) == first
    assert place.store.log("EXP-001").length == before + 1


def test_what_is_wrong_with_a_form_is_a_page_too(place: Place) -> None:
    person = browser(place)
    address = address_of(person.sends(HOLD, event="held", on="2026-05-21"))
    assert "missing" in person.reads(address) or "needed" in person.reads(address)


def test_nobody_else_sees_it_and_it_is_gone_after_an_hour(place: Place) -> None:
    person = browser(place)
    address = address_of(person.sends(HOLD, **HELD))
    assert browser(place).get(address).status_code == 410
    assert place.stranger().get(address).status_code in (303, 401)
    assert person.get(address[:-1] + ("A" if address[-1] != "A" else "B")).status_code == 410
    for _ in range(2):
        place.time.pass_by(minutes=29)
        assert person.get(address).status_code == 200
    place.time.pass_by(minutes=3)
    gone = person.get(address)
    assert gone.status_code == 410
    assert "This page is not kept any more" in words_of(gone)


def test_database_holds_nothing_that_can_be_read(place: Place) -> None:
    person = browser(place)
    key = address_of(person.sends(HOLD, **HELD)).removeprefix("/sent/")
    [account] = [each for each in place.store.accounts() if each.role == "coordinator"]
    assert place.store.kept_page(account.id, key, place.time.now()) is None
    assert place.store.unsaved_forms(account.id, place.time.now()) == ()


def test_an_address_that_is_shown_once_is_shown_once(place: Place) -> None:
    person = browser(place)
    address = address_of(person.sends("/links", audience="patient", subject="EXP-003", months="12"))
    assert "/feeds/" in person.get(address).text
    assert person.get(address).status_code == 410


def test_only_the_newest_twenty_are_kept(place: Place) -> None:
    person = browser(place)
    sent = []
    for _ in range(21):
        sent.append(address_of(person.sends("/stock/preview", event="counted")))
        place.time.pass_by(seconds=1)
    assert [person.get(each).status_code for each in sent] == [410] + [200] * 20


def test_programs_and_our_own_script_get_the_answer_itself(place: Place) -> None:
    assert place.somebody().sends(HOLD, **HELD).status_code == 200


def test_wrong_password_is_told_on_the_form_itself(place: Place) -> None:
    place.account("coordinator")
    person = place.stranger()
    person.browser.headers |= PAGES
    address = address_of(person.log_in("coordinator", "not this one"))
    assert address == "/login?to=%2F&wrong=1"
    assert "The login, the password or the code is wrong" in words_of(person.get(address))
