"""A browser that sent a form is sent on to a page that it can ask for again: going back asks, and never sends anew."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from httpx2 import Response

from scheduler.errors import StoreUnavailable
from tests.web.people import HELD, Person, Place, set_up_by, words_of
from tests.web.test_standards import brings, usdm_file

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


@pytest.mark.parametrize("change", [{"role": "pharmacist"}, {"sites": frozenset()}])
def test_who_has_another_role_or_other_sites_sees_it_no_more(place: Place, change: dict[str, object]) -> None:
    person = browser(place)
    address = address_of(person.sends(HOLD, **HELD))
    [account] = [each for each in place.store.accounts() if each.role == "coordinator"]
    place.store.change_account(account, replace(account, **change), set_up_by(place.time.moment))  # type: ignore[arg-type]
    assert person.get(address).status_code == 410


def test_what_a_telephone_makes_codes_from_is_shown_once(place: Place) -> None:
    person = browser(place)
    address = address_of(person.sends("/account/second-factor", code="1", secret="", password="wrong"))
    assert re.search(r'name="secret" value="[A-Z2-7]{16,}"', person.get(address).text)
    assert person.get(address).status_code == 410


def test_two_who_look_at_once_at_what_is_shown_once_do_not_both_see_it(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = browser(place)
    address = address_of(person.sends("/account/recovery-codes", password="wrong"))
    found = place.store.kept_page
    answers: list[int] = []

    def meanwhile(*asked: object) -> object:
        kept = found(*asked)  # type: ignore[arg-type]
        monkeypatch.setattr(place.store, "kept_page", found)
        answers.append(person.get(address).status_code)
        return kept

    monkeypatch.setattr(place.store, "kept_page", meanwhile)
    answers.append(person.get(address).status_code)
    assert answers == [200, 410]


def test_files_of_a_sponsor_are_kept_nowhere(place: Place) -> None:
    admin = browser(place, "admin")
    assert brings(admin, "/setup/usdm", file=usdm_file()).status_code == 200
    assert brings(admin, "/setup/usdm", file=b"{").status_code == 422


def test_page_that_is_too_large_or_cannot_be_kept_is_the_answer_itself(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = browser(place)

    def full(page: object) -> None:
        raise StoreUnavailable("disk-full", "the disk is full", "make room")

    monkeypatch.setattr(place.store, "keep_page", full)
    answer = person.sends(HOLD, **HELD)
    assert (answer.status_code, "Regorafenib is held" in words_of(answer)) == (200, True)
    monkeypatch.undo()
    monkeypatch.setattr("scheduler.web.unsaved._LARGEST_PAGE", 1000)
    assert person.sends(HOLD, **HELD).status_code == 200


def test_page_about_a_database_that_does_not_answer_asks_nothing_of_it(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = browser(place)

    def away(number: str) -> None:
        raise StoreUnavailable("away", "the database is away", "wait")

    monkeypatch.setattr(place.store, "subject", away)
    answer = person.sends(HOLD, **HELD)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
