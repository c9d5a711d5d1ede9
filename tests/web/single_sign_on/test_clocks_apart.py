"""Signing at a provider whose clock is another: an owner who logs in anew signs, and a log-in from before never counts."""

from __future__ import annotations

import re

import pytest
from httpx2 import Response

from tests.web.people import Person, Place, words_of
from tests.web.single_sign_on.small_provider import SmallProvider
from tests.web.single_sign_on.test_single_sign_on import logged_in, previewed, refused, returns, signs

ONCE_MORE = "Prove once more who you are"


def begins(person: Person) -> Response:
    return person.browser.post("/subjects/EXP-003/sign", data=previewed(person))


def goes_on(person: Person, provider: SmallProvider, page: Response, name: str = "ada") -> Response:
    """From a page that goes to the provider by itself, and back."""
    return returns(person, provider.meets(page.headers["refresh"].partition("url=")[2], name))


def records(person: Person, back: Response) -> Response:
    assert back.status_code == 303
    page = person.get(back.headers["location"])
    shown = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    return person.browser.post("/subjects/EXP-003/record", data=shown)


@pytest.mark.parametrize("behind", [3, 45])
def test_owner_signs_at_the_second_try_where_the_provider_s_clock_is_behind(
    place: Place, provider: SmallProvider, behind: int
) -> None:
    person = logged_in(place, provider, "ada")
    place.time.pass_by(minutes=5)
    provider.ahead = -behind
    again = goes_on(person, provider, begins(person))
    assert (again.status_code, ONCE_MORE in words_of(again)) == (200, True)
    assert records(person, goes_on(person, provider, again)).status_code == 303
    *_, record = place.store.records(subject="EXP-003")
    assert (record.signed or "").startswith("orders: ")
    assert [each["prompt"] for each in provider.asked[-2:]] == ["login", "login"]


def test_owner_signs_at_once_where_it_is_ahead(place: Place, provider: SmallProvider) -> None:
    person = logged_in(place, provider, "ada")
    provider.ahead = 45
    assert signs(person, provider).status_code == 303


@pytest.mark.parametrize("ahead", [0, -30])
@pytest.mark.parametrize("earlier", [1, 60, 600])
def test_who_was_not_asked_anew_signs_nothing(place: Place, provider: SmallProvider, earlier: int, ahead: int) -> None:
    """A provider that leaves `prompt` and `max_age` aside says when the last log-in was: here, or for something else since."""
    person = logged_in(place, provider, "ada")
    place.time.pass_by(minutes=20)
    before = place.store.head()
    began = int(place.time.now().timestamp())
    provider.ahead = ahead
    provider.claims = {"auth_time": began + ahead - earlier}
    again = goes_on(person, provider, begins(person))
    assert ONCE_MORE in words_of(again)
    assert "does not say that it asked you anew" in refused(goes_on(person, provider, again))
    assert place.store.head() == before


def test_at_the_second_try_a_log_in_of_the_first_does_not_count(place: Place, provider: SmallProvider) -> None:
    """The first token was made in the second that is the last before a log-in counts; one that says it was proved later lies."""
    person = logged_in(place, provider, "ada")
    provider.ahead = -30
    for more, works in ((0, False), (1, True), (9, False)):
        again = goes_on(person, provider, begins(person))
        read = int(place.time.now().timestamp()) + provider.ahead
        provider.claims = {"auth_time": read + more}
        assert (goes_on(person, provider, again).status_code == 303) == works, more
        provider.claims = {}


def test_second_try_is_its_owner_s_in_the_same_session(place: Place, provider: SmallProvider) -> None:
    person = logged_in(place, provider, "ada")
    provider.ahead = -30
    refused(goes_on(person, provider, begins(person), "bob"))
    refused(goes_on(person, provider, goes_on(person, provider, begins(person)), "bob"))
    again = goes_on(person, provider, begins(person))
    address = provider.meets(again.headers["refresh"].partition("url=")[2], "ada")
    thief = logged_in(place, provider, "ada")
    refused(returns(thief, address))
    person.sends("/logout")
    assert returns(person, address).headers["location"].startswith("/login")


def test_who_is_not_told_when_it_was_signs_nothing_and_is_not_sent_again(place: Place, provider: SmallProvider) -> None:
    person = logged_in(place, provider, "ada")
    provider.claims = {"auth_time": None}
    assert "does not say that it asked you anew" in refused(goes_on(person, provider, begins(person)))


def test_account_is_bound_at_the_second_try_too(place: Place, provider: SmallProvider) -> None:
    person = place.somebody("investigator")
    provider.ahead = -30
    again = goes_on(person, provider, person.sends("/account/provider", password="correct horse battery"))
    assert ONCE_MORE in words_of(again)
    assert goes_on(person, provider, again).headers["location"] == "/account"
    assert place.store.accounts()[0].external is not None
