"""Logging in, signing and logging out at a provider: who proves it is let in, and nothing else is."""

from __future__ import annotations

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from httpx2 import Response
from joserfc.jwk import ECKey

from scheduler.store.values import Account, Kind
from scheduler.store.verifying import verify
from scheduler.web.guards.at_provider.accounts import LOGGED_IN, LOGGED_OUT, PROVED, REFUSED
from tests.web.people import ORDER, PASSWORD, Person, Place, words_of
from tests.web.single_sign_on.small_provider import SmallProvider


def goes(person: Person, provider: SmallProvider, name: str, start: str = "/login/provider") -> Response:
    """Through the provider, and back to the server."""
    return returns(person, provider.meets(person.browser.get(start).headers["location"], name))


def returns(person: Person, address: str) -> Response:
    # The browser comes from the provider's page.
    return person.browser.get(address, headers={"sec-fetch-site": "cross-site"})


def logged_in(place: Place, provider: SmallProvider, name: str) -> Person:
    person = place.stranger()
    assert goes(person, provider, name).status_code == 303
    return person


def account_at(place: Place, login: str) -> Account:
    found = place.store.account_of(login)
    assert found is not None
    return found


def told(place: Place, kind: str) -> list[dict[str, object]]:
    return [json.loads(each.body) for each in place.store.records() if each.kind == kind]


def previewed(person: Person, **more: str) -> dict[str, str]:
    """What the page before signing would send."""
    page = person.sends("/subjects/EXP-003/preview", **ORDER, **more)
    form = re.search(r'(?s)<form method="post" action="/subjects/EXP-003/record".*?</form>', page.text)
    assert form is not None
    assert "Sign it at Example Hospital" in words_of(page)
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0]))


def signs(person: Person, provider: SmallProvider, name: str = "ada", **changed: str) -> Response:
    """The order is signed at the provider; ``changed`` is what was made of the form meanwhile."""
    fields = previewed(person)
    going = person.browser.post("/subjects/EXP-003/sign", data=fields)
    there = going.headers["refresh"].partition("url=")[2]
    back = returns(person, provider.meets(there, name))
    if back.status_code != 303:
        return back
    page = person.get(back.headers["location"])
    assert "Your signature" in words_of(page)
    shown = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    return person.browser.post("/subjects/EXP-003/record", data=shown | changed)


def test_first_log_in_makes_an_account_as_the_groups_say(place: Place, provider: SmallProvider) -> None:
    person = place.stranger()
    assert "Log in with Example Hospital" in words_of(person.get("/login?to=/agenda"))
    answer = goes(person, provider, "ada", "/login/provider?to=/agenda")
    assert answer.headers["location"] == "/agenda"
    made = account_at(place, "ada")
    assert (made.name, made.role, made.sites) == ("Dr Ada Example", "investigator", frozenset({"Shanghai"}))
    assert person.get("/subjects/EXP-001").status_code == 200
    assert [each.who.name for each in place.store.records() if each.kind == Kind.ACCOUNT_MADE] == [
        "the provider of single sign-on"
    ]
    assert told(place, LOGGED_IN) == [{"account": made.id}]
    # The log has a digest of who that is there, and no password lets anybody in.
    assert "ada" not in json.dumps([each["external"] for each in told(place, Kind.ACCOUNT_MADE)])
    assert place.stranger().log_in("ada", "").status_code == 403
    logged_in(place, provider, "ada")
    assert len(place.store.accounts()) == 1
    assert verify(place.store, now=place.time.now()).findings == ()


def test_what_is_asked_has_state_nonce_and_a_challenge(place: Place, provider: SmallProvider) -> None:
    logged_in(place, provider, "ada")
    logged_in(place, provider, "ada")
    first, second = provider.asked
    assert (first["response_type"], first["code_challenge_method"]) == ("code", "S256")
    assert all(first[name] != second[name] for name in ("state", "nonce", "code_challenge"))
    assert "prompt" not in first


def refused(answer: Response) -> str:
    assert answer.status_code == 403
    assert not [name for name in answer.cookies if name.endswith("session")]
    return words_of(answer)


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another client"},
        {"aud": ["trial", "another client"], "azp": "another client"},
        {"iss": "http://127.0.0.1:1"},
        {"exp": 1_000_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"exp": "tomorrow"},
    ],
    ids="-".join,
)
def test_token_that_is_not_for_here_and_now_lets_nobody_in(
    place: Place, provider: SmallProvider, claims: dict[str, object]
) -> None:
    provider.claims = claims
    assert "does not prove who you are" in refused(goes(place.stranger(), provider, "ada"))
    assert place.store.accounts() == ()


@pytest.mark.parametrize("algorithm", ["none", "HS256", "ES256"])
def test_token_that_the_provider_did_not_sign_lets_nobody_in(
    place: Place, provider: SmallProvider, algorithm: str
) -> None:
    provider.algorithm = algorithm
    provider.signs_with = ECKey.generate_key("P-256", {"kid": "one"})
    refused(goes(place.stranger(), provider, "ada"))


def test_code_is_good_once_and_in_the_browser_that_asked(place: Place, provider: SmallProvider) -> None:
    person, thief = place.stranger(), place.stranger()
    address = provider.meets(person.browser.get("/login/provider").headers["location"], "ada")
    refused(returns(thief, address))
    # A thief who began a log-in of the own has another state, and another verifier for the code.
    own = provider.meets(thief.browser.get("/login/provider").headers["location"], "bob")
    code = re.search(r"code=([\w-]+)", address)
    assert code is not None
    refused(returns(thief, re.sub(r"code=[\w-]+", code[0], own)))
    provider.takes_codes_again = True
    address = provider.meets(person.browser.get("/login/provider").headers["location"], "ada")
    assert returns(person, address).status_code == 303
    person.sends("/logout")
    refused(returns(person, address))


def test_whoever_takes_too_long_or_is_refused_there_begins_again(place: Place, provider: SmallProvider) -> None:
    person = place.stranger()
    address = provider.meets(person.browser.get("/login/provider").headers["location"], "ada")
    place.time.pass_by(minutes=11)
    refused(returns(person, address))
    state = re.search(r"state=\w+", person.browser.get("/login/provider").headers["location"])
    assert state is not None
    refused(returns(person, f"/login/provider/back?error=access_denied&{state[0]}"))
    address = provider.meets(person.browser.get("/login/provider").headers["location"], "ada")
    refused(returns(person, re.sub(r"iss=[^&]+", "iss=https%3A%2F%2Fother.example", address)))


@pytest.mark.parametrize(
    ("groups", "told_so"),
    [
        (["visitors"], "no group of yours there has a role here"),
        ("visitors", "no group of yours there has a role here"),
        (None, "no group of yours there has a role here"),
        (["doctors", "staff"], "give you several roles"),
    ],
)
def test_groups_that_give_no_role_or_several_let_nobody_in(
    place: Place, provider: SmallProvider, groups: object, told_so: str
) -> None:
    provider.people["ada"] = {"name": "Dr Ada", "groups": groups}
    assert told_so in refused(goes(place.stranger(), provider, "ada"))
    assert len(told(place, REFUSED)) == 1
    assert place.store.accounts() == ()


def test_groups_of_the_same_role_are_one_role(place: Place, provider: SmallProvider) -> None:
    provider.people["cy"] = {"preferred_username": "cy", "groups": ["staff", "helpers"]}
    logged_in(place, provider, "cy")
    assert (account_at(place, "cy").role, account_at(place, "cy").sites) == ("coordinator", frozenset())


def test_account_of_that_login_is_not_taken(place: Place, provider: SmallProvider) -> None:
    own = place.account("admin", login="ada")
    logged_in(place, provider, "ada")
    logins = sorted(each.login for each in place.store.accounts())
    assert [each[:4] for each in logins] == ["ada", "ada-"]
    assert account_at(place, "ada") == own


def test_what_the_provider_says_later_ends_other_sessions(place: Place, provider: SmallProvider) -> None:
    before = logged_in(place, provider, "ada")
    provider.people["ada"]["groups"] = ["drugs", "everywhere"]
    logged_in(place, provider, "ada")
    assert before.browser.get("/").status_code == 303
    assert (account_at(place, "ada").role, account_at(place, "ada").sites) == ("pharmacist", None)
    assert [sorted(json.loads(json.dumps(each["changed"]))) for each in told(place, Kind.ACCOUNT_CHANGED)] == [
        ["role", "sites"]
    ]


def test_disabled_account_stays_out(place: Place, provider: SmallProvider) -> None:
    admin = place.somebody("admin")
    logged_in(place, provider, "ada")
    fields = {"name": "Dr Ada Example", "role": "investigator", "site-0": "1", "disabled": "1"}
    admin.sends(f"/accounts/{account_at(place, 'ada').id}", **fields)
    refused(goes(place.stranger(), provider, "ada"))
    assert [each["why"] for each in told(place, REFUSED)] == ["disabled"]


def test_order_is_signed_at_the_provider_anew(place: Place, provider: SmallProvider) -> None:
    person = logged_in(place, provider, "ada")
    place.time.pass_by(minutes=5)
    answer = signs(person, provider)
    assert answer.status_code == 303
    asked = provider.asked[-1]
    assert (asked["prompt"], asked["max_age"]) == ("login", "0")
    *_, record = place.store.records(subject="EXP-003")
    assert (record.who.name, record.kind) == ("Dr Ada Example", "dose changed")
    assert (record.signed or "").startswith("orders: ")
    assert [each["auth_time"] for each in told(place, PROVED)] == [int(place.time.now().timestamp())]
    assert place.store.unsaved_forms(account_at(place, "ada").id, place.time.now()) == ()


def test_signing_that_was_broken_off_is_gone_on_with(place: Place, provider: SmallProvider) -> None:
    person = logged_in(place, provider, "ada")
    fields = previewed(person)
    person.browser.post("/subjects/EXP-003/sign", data=fields)
    assert "Not signed yet, about EXP-003" in person.reads("/")
    (kept,) = place.store.unsaved_forms(account_at(place, "ada").id, place.time.now())
    assert "the signature did not come back" in person.reads(f"/unsaved/{kept.key}")
    again = person.sends(
        "/subjects/EXP-003/preview", **person.form_on(f"/unsaved/{kept.key}", "/subjects/EXP-003/preview")
    )
    assert "Sign it at Example Hospital" in words_of(again)
    assert "Not signed yet" not in person.reads("/")


def test_signing_that_was_broken_off_is_found_again_and_not_done_twice(place: Place, provider: SmallProvider) -> None:
    person = logged_in(place, provider, "ada")
    for _ in range(2):
        person.browser.post("/subjects/EXP-003/sign", data=previewed(person))
    (kept,) = place.store.unsaved_forms(account_at(place, "ada").id, place.time.now())
    assert f"/unsaved/{kept.key}" in person.get("/").text
    assert place.store.log("EXP-003").records[-1].event.event != ORDER["event"]
    # Later it is signed from its beginning on, and nothing is left of what was begun.
    place.time.pass_by(minutes=20)
    assert signs(person, provider).status_code == 303
    assert place.store.unsaved_forms(account_at(place, "ada").id, place.time.now()) == ()


def test_nobody_else_signs_and_nothing_else_is_signed(place: Place, provider: SmallProvider) -> None:
    person = logged_in(place, provider, "ada")
    before = place.store.log("EXP-003").length
    refused(signs(person, provider, "bob"))
    other = signs(person, provider, reason="another reason")
    assert (other.status_code, "not proved that you sign this" in words_of(other)) == (403, True)
    for word in ("", "nothing", PASSWORD):
        fields = previewed(person)
        assert person.browser.post("/subjects/EXP-003/record", data=fields | {"password": word}).status_code == 403
    assert place.store.log("EXP-003").length == before


def test_proof_signs_once_and_in_its_session(place: Place, provider: SmallProvider) -> None:
    person = logged_in(place, provider, "ada")
    fields = previewed(person)
    there = person.browser.post("/subjects/EXP-003/sign", data=fields).headers["refresh"].partition("url=")[2]
    page = person.get(returns(person, provider.meets(there, "ada")).headers["location"])
    shown = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    elsewhere = logged_in(place, provider, "ada")
    stolen = shown | {"form_token": elsewhere.form_token}
    assert elsewhere.browser.post("/subjects/EXP-003/record", data=stolen).status_code == 403
    # A proof that was tried elsewhere is used up: it is given anew.
    assert person.browser.post("/subjects/EXP-003/record", data=shown).status_code == 403
    assert signs(person, provider).status_code == 303


def test_who_has_a_password_signs_with_it_and_nobody_signs_there(place: Place, provider: SmallProvider) -> None:
    person = place.somebody("investigator")
    assert person.sends("/subjects/EXP-003/sign", **ORDER).status_code == 404
    assert person.records("EXP-003", password=PASSWORD, **ORDER).status_code == 303


def test_owner_binds_the_account_with_the_password(place: Place, provider: SmallProvider) -> None:
    person = place.somebody("investigator")
    assert person.sends("/account/provider", password="wrong").headers["location"] == "/account?wrong=1"
    there = person.sends("/account/provider", password=PASSWORD).headers["refresh"].partition("url=")[2]
    assert returns(person, provider.meets(there, "ada")).headers["location"] == "/account"
    assert provider.asked[-1]["prompt"] == "login"
    logged_in(place, provider, "ada")
    assert [each.login for each in place.store.accounts()] == ["investigator-0"]
    another = place.somebody("coordinator")
    there = another.sends("/account/provider", password=PASSWORD).headers["refresh"].partition("url=")[2]
    assert returns(another, provider.meets(there, "ada")).status_code == 409


def test_admin_gives_no_identity_to_an_account_that_has_signed(place: Place, provider: SmallProvider) -> None:
    admin, doctor = place.somebody("admin"), place.somebody("investigator")
    assert doctor.records("EXP-003", password=PASSWORD, **ORDER).status_code == 303
    page = admin.sends("/accounts/id-investigator-1", do="provider", subject="ada")
    assert (page.status_code, "has signed" in words_of(page)) == (422, True)
    assert account_at(place, "investigator-1").external is None


def test_account_that_an_admin_gave_an_identity_signs_when_another_confirmed_it(
    place: Place, provider: SmallProvider
) -> None:
    admin = place.somebody("admin")
    place.account("investigator")
    page = admin.sends("/accounts/id-investigator", do="provider", subject="ada")
    assert page.status_code == 200
    person = logged_in(place, provider, "ada")
    locked = signs(person, provider)
    assert (locked.status_code, "Signing is locked" in words_of(locked)) == (403, True)
    assert admin.sends("/accounts/id-investigator", do="confirm").status_code == 403
    assert place.somebody("admin").sends("/accounts/id-investigator", do="confirm").status_code == 200
    assert signs(person, provider).status_code == 303
    taken = admin.sends("/accounts/id-admin-0", do="provider", subject="ada")
    assert "Somebody else's account" in words_of(taken)
    away = admin.sends("/accounts/id-investigator", do="provider", subject="")
    assert "has signed" in words_of(away)


def test_logging_out_goes_on_to_the_provider(place: Place, provider: SmallProvider) -> None:
    person = logged_in(place, provider, "ada")
    answer = person.sends("/logout")
    assert answer.headers["refresh"].startswith(
        f"0; url={provider.issuer}/out?client_id=trial&post_logout_redirect_uri="
    )
    assert person.browser.get("/").status_code == 303
    assert told(place, LOGGED_OUT) == [{"account": account_at(place, "ada").id}]
    local = place.somebody("coordinator")
    assert local.sends("/logout").headers["location"] == "/login"


def test_provider_that_does_not_answer_keeps_no_local_account_out(place: Place, provider: SmallProvider) -> None:
    person = logged_in(place, provider, "ada")
    provider.close()
    other = Place(place.store, place.time, place.settings)
    answer = other.stranger().browser.get("/login/provider")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert other.somebody("coordinator").get("/").status_code == 200
    # Who is in goes on, and gets out.
    browser = Person(other)
    browser.browser.cookies = person.browser.cookies
    assert browser.sends("/logout").headers["location"] == "/login"


def test_without_a_provider_there_is_no_such_page(place: Place) -> None:
    plain = Place(place.store, place.time)
    assert plain.stranger().browser.get("/login/provider").status_code == 404
    assert plain.stranger().browser.get("/login/provider/back?state=a").status_code == 404
    assert "Log in with" not in words_of(plain.stranger().get("/login"))


def test_provider_that_is_slow_keeps_no_page_waiting(place: Place, provider: SmallProvider) -> None:
    provider.answers.clear()
    people = [place.stranger() for _ in range(20)]
    reader = place.somebody("monitor")
    with ThreadPoolExecutor(20) as several:
        asked = [several.submit(each.browser.get, "/login/provider") for each in people]
        while sum(each.done() for each in asked) < 14:
            time.sleep(0.01)
        assert reader.get("/keys").status_code == 200
        provider.answers.set()
        codes = [each.result().status_code for each in asked]
    assert set(codes) == {303, 429}
    assert codes.count(303) == 6


def test_clock_that_is_wrong_lets_nobody_in_who_would_be_recorded(place: Place, provider: SmallProvider) -> None:
    person = logged_in(place, provider, "ada")
    place.time.pass_by(hours=-3)
    other = Place(place.store, place.time, place.settings)
    before = place.store.head()
    assert goes(other.stranger(), provider, "bob").status_code == 503
    assert place.store.head() == before
    assert person.browser.get("/").status_code == 303


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "http://127.0.0.1:1"},
        {"jwks_uri": "http://login.example/keys"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "http://login.example/authorize"},
        {"authorization_endpoint": 7},
    ],
)
def test_provider_that_tells_of_addresses_that_others_read_is_not_gone_to(
    place: Place, provider: SmallProvider, about: dict[str, object]
) -> None:
    provider.about = about
    assert place.stranger().browser.get("/login/provider").status_code == 503


def test_secret_is_sent_to_no_address_that_others_read(place: Place, provider: SmallProvider) -> None:
    provider.about = {"token_endpoint": "http://login.example/token"}
    assert goes(place.stranger(), provider, "ada").status_code == 503
    provider.about = {"end_session_endpoint": "http://login.example/out"}
    other = Place(place.store, place.time, place.settings)
    person = other.stranger()
    goes(person, provider, "ada")
    assert person.sends("/logout").headers["location"] == "/login"
