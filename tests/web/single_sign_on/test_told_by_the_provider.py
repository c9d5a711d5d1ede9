"""What the provider says by itself: that somebody logged out there, and the groups that it tells beside its token."""

from __future__ import annotations

from typing import Any

import pytest
from httpx2 import Response

from scheduler.web.guards.at_provider.accounts import LOGGED_OUT
from scheduler.web.identities.logout import EVENT, LoggedOut, who_logged_out
from scheduler.web.identities.mapping import external_of
from tests.web.people import Place, words_of
from tests.web.single_sign_on.small_provider import SmallProvider
from tests.web.single_sign_on.test_single_sign_on import account_at, goes, logged_in, refused, told

OUT = "/login/provider/out"


def says(place: Place, token: str, **headers: str) -> Response:
    """The provider itself: no browser, no cookie."""
    provider = place.stranger().browser
    del provider.headers["sec-fetch-site"]
    return provider.post(OUT, data={"logout_token": token}, headers=headers)


def test_who_logged_out_there_is_out_here_everywhere_and_nobody_else(place: Place, provider: SmallProvider) -> None:
    here, there, other = (logged_in(place, provider, name) for name in ("ada", "ada", "bob"))
    token = provider.logout_token("ada")
    answer = says(place, token)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert [each.browser.get("/").status_code for each in (here, there, other)] == [303, 303, 200]
    assert told(place, LOGGED_OUT) == [{"account": account_at(place, "ada").id}]
    # The same token later puts nobody out again; somebody who is not here is nobody's business.
    again = logged_in(place, provider, "ada")
    assert says(place, token).status_code == 400
    assert again.browser.get("/").status_code == 200
    assert says(place, provider.logout_token("nobody")).status_code == 200
    assert len(told(place, LOGGED_OUT)) == 1


def test_what_the_provider_did_not_sign_or_a_page_elsewhere_sends_puts_nobody_out(
    place: Place, provider: SmallProvider
) -> None:
    person = logged_in(place, provider, "ada")
    assert says(place, provider.logout_token("ada"), **{"sec-fetch-site": "cross-site"}).status_code == 403
    for token in ("", "x", "a.b.c", provider.logout_token("ada", nonce="n"), provider.logout_token("ada", events=None)):
        assert says(place, token).status_code == 400
    for algorithm in ("none", "HS256"):
        provider.algorithm = algorithm
        assert says(place, provider.logout_token("ada")).status_code == 400
    assert person.browser.get("/").status_code == 200
    assert says(Place(place.store, place.time), "x").status_code == 404


NOW = 1_000_000
SAID: dict[str, Any] = {
    "iss": "https://p.example", "sub": "ada", "aud": "trial", "iat": NOW, "exp": NOW + 60, "jti": "7", "events": {EVENT: {}}
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "claims", "why"),
    [
        ("logout+jwt", {}, None),
        (None, {"aud": ["other", "trial"], "sid": "s"}, None),
        ("JWT", {"iat": NOW - 299}, None),
        ("at+jwt", {}, "typ"),
        (7, {}, "typ"),
        (None, {"iss": "https://q.example"}, "iss"),
        (None, {"aud": "other"}, "aud"),
        (None, {"aud": None}, "aud"),
        (None, {"iat": NOW - 301}, "iat"),
        (None, {"iat": NOW + 61}, "iat"),
        (None, {"iat": True}, "iat"),
        (None, {"exp": NOW - 61}, "exp"),
        (None, {"exp": None}, "exp"),
        (None, {"events": []}, "events"),
        (None, {"events": {EVENT: "yes"}}, "events"),
        (None, {"nonce": None}, "nonce"),
        # A session of the provider alone says not who: this server keeps no number of a session there.
        (None, {"sub": None, "sid": "s"}, "sub"),
        (None, {"jti": ""}, "jti"),
    ],
)
def test_token_of_a_log_out_is_for_here_and_now(kind: object, claims: dict[str, Any], why: str | None) -> None:
    header = {} if kind is None else {"typ": kind}
    told = SAID | claims
    if why is None:
        found = who_logged_out(header, told, "https://p.example", "trial", NOW, 60)
        assert found == LoggedOut(external_of("https://p.example", "ada"), "7")
    else:
        with pytest.raises(ValueError, match=f"^{why}$"):
            who_logged_out(header, told, "https://p.example", "trial", NOW, 60)


def test_groups_that_are_not_in_the_token_are_told_beside_it(place: Place, provider: SmallProvider) -> None:
    provider.people = {"cy": {}}
    provider.about = {"userinfo_endpoint": f"{provider.issuer}/me"}
    provider.tells = {"sub": "cy", "name": "Dr Cy", "groups": ["doctors", "shanghai"], "auth_time": 7, "iss": "x"}
    logged_in(place, provider, "cy")
    made = next(each for each in place.store.accounts())
    assert (made.name, made.role, made.sites) == ("Dr Cy", "investigator", frozenset({"Shanghai"}))
    # Of another person it tells nothing here.
    provider.tells = {"sub": "ada", "groups": ["staff"]}
    assert "does not prove who you are" in refused(goes(place.stranger(), provider, "cy"))
    # What the token says goes before it, and then nothing is asked.
    provider.people = {"cy": {"groups": ["visitors"]}}
    provider.tells = {"sub": "cy", "groups": ["doctors"]}
    assert "no group of yours there has a role here" in words_of(goes(place.stranger(), provider, "cy"))


@pytest.mark.parametrize("address", ["http://login.example/me", "/nothing-of-json"])
def test_access_to_a_person_is_sent_to_no_address_that_others_read(
    place: Place, provider: SmallProvider, address: str
) -> None:
    provider.people = {"cy": {}}
    provider.about = {"userinfo_endpoint": address}
    assert goes(place.stranger(), provider, "cy").status_code == 503
    assert place.store.accounts() == ()
