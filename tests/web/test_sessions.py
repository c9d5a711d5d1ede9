"""Logging in and out: sessions are new each time and end by themselves; whatever is wrong looks the same."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from argon2 import PasswordHasher

from scheduler.web.guards.limits import network_of
from scheduler.web.guards.sessions import hash_of
from scheduler.web.settings import Settings
from tests.web.people import HASHED, ORDER, PASSWORD, QUICK, SETTING_UP, Person, Place, TestTime, words_of


def cookie_of(person: Person) -> str:
    return person.browser.cookies["session"]


def test_session_is_new_at_every_log_in(place: Place) -> None:
    place.account("monitor")
    person = place.stranger()
    person.browser.cookies.set("session", "a-token-that-somebody-else-chose-for-me-000000")
    person.log_in("monitor")
    first = {cookie.value for cookie in person.browser.cookies.jar}
    assert place.store.session(hash_of("a-token-that-somebody-else-chose-for-me-000000")) is None
    person.browser.cookies.clear()
    person.log_in("monitor")
    assert cookie_of(person) not in first


def test_logging_in_again_ends_the_session_of_before(place: Place) -> None:
    person = place.somebody("monitor")
    before = cookie_of(person)
    person.log_in("monitor-0")
    assert place.store.session(hash_of(before)) is None


def test_only_the_hash_of_a_session_is_kept(place: Place) -> None:
    person = place.somebody("monitor")
    kept = place.store.session(hash_of(cookie_of(person)))
    assert kept is not None
    assert cookie_of(person) not in repr(kept)
    assert len(cookie_of(person)) == 43


def test_cookie_is_out_of_reach_of_scripts_and_of_other_sites(place: Place) -> None:
    place.account("monitor")
    sent = place.stranger().log_in("monitor").headers["set-cookie"]
    assert {part.strip().lower() for part in sent.split(";")[1:]} == {"httponly", "path=/", "samesite=lax"}


def test_cookie_is_bound_to_the_host_where_there_is_tls(place: Place) -> None:
    behind_tls = Place(place.store, place.time, QUICK.model_copy(update={"public_url": "https://trial.example.org"}))
    behind_tls.account("monitor")
    answer = Person(behind_tls, "https://trial.example.org").log_in("monitor")
    name, _, rest = answer.headers["set-cookie"].partition("=")
    assert name == "__Host-session"
    assert {"secure", "httponly", "path=/", "samesite=lax"} == {part.strip().lower() for part in rest.split(";")[1:]}
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


def test_session_ends_without_use_and_in_any_case_after_a_day_s_work(place: Place) -> None:
    person = place.somebody("monitor")
    place.time.pass_by(minutes=29)
    assert person.get("/subjects").status_code == 200
    place.time.pass_by(minutes=29)
    assert person.get("/subjects").status_code == 200
    place.time.pass_by(minutes=31)
    assert person.get("/subjects").headers["location"] == "/login?to=/subjects"
    person.log_in("monitor-0")
    for _ in range(12 * 60 // 20):
        assert person.get("/subjects").status_code == 200
        place.time.pass_by(minutes=20)
    assert person.get("/subjects").status_code == 303


def test_logging_out_ends_the_session_on_the_server_too(place: Place) -> None:
    person = place.somebody("monitor")
    token = cookie_of(person)
    answer = person.sends("/logout")
    assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    thief = place.stranger()
    thief.browser.cookies.set("session", token)
    assert thief.get("/").status_code == 303


def test_whatever_is_wrong_looks_the_same(place: Place) -> None:
    place.account("monitor")
    gone = place.account("investigator")
    place.store.change_account(gone, replace(gone, disabled=True), SETTING_UP)
    answers = [
        place.stranger().log_in("nobody"),
        place.stranger().log_in("monitor", "wrong password"),
        place.stranger().log_in("investigator"),
        place.stranger().log_in("", ""),
    ]
    assert len({(answer.status_code, answer.text) for answer in answers}) == 1
    assert "session" not in answers[0].headers.get("set-cookie", "")


def test_unknown_login_costs_as_much_work_as_a_wrong_password(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.account("monitor")
    checked: list[str] = []
    check = PasswordHasher.verify

    def counting(hasher: PasswordHasher, kept: str, password: str) -> bool:
        checked.append(kept)
        return check(hasher, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", counting)
    place.stranger().log_in("nobody")
    place.stranger().log_in("monitor", "wrong password")
    kinds = {kept.rsplit("$", 2)[0] for kept in checked}
    assert len(checked) == 2
    assert len(kinds) == 1


def test_account_is_locked_after_wrong_passwords_and_free_again_later(place: Place) -> None:
    place.account("monitor")
    person = place.stranger()
    for _ in range(5):
        person.log_in("monitor", "wrong password")
    assert person.log_in("monitor").status_code == 403
    assert [record.kind for record in place.store.records()][-1] == "account locked"
    place.time.pass_by(minutes=16)
    assert person.log_in("monitor").status_code == 303
    assert place.store.locked(place.time.now()) == {}


def elsewhere(place: Place) -> Person:
    """A browser in another network."""
    person = Person(place)
    person.browser._transport.client = ("203.0.113.9", 50000)  # type: ignore[attr-defined]
    return person


def test_wrong_passwords_from_elsewhere_stop_nobody_who_is_signed_in(place: Place) -> None:
    doctor = place.somebody("investigator")
    attacker = elsewhere(place)
    for _ in range(30):
        attacker.log_in("investigator-0", "wrong password")
    assert doctor.records("EXP-003", password=PASSWORD, **ORDER).status_code == 303
    # The network that the doctor works in is known to the account, so that new sessions can be had there too.
    assert place.stranger().log_in("investigator-0").status_code == 303


def test_many_guesses_at_once_pass_no_limit(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.account("monitor")
    looked_at: list[str] = []
    check = PasswordHasher.verify

    def slow(hasher: PasswordHasher, kept: str, password: str) -> bool:
        time.sleep(0.02)
        if kept == HASHED:
            looked_at.append(password)
        return check(hasher, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", slow)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: place.stranger().log_in("monitor", f"wrong {number}"), range(16)))
    assert len(looked_at) == place.settings.lock_after


def test_wrong_passwords_of_a_session_lock_it_out_of_signing_and_nothing_else(place: Place) -> None:
    doctor, there = place.somebody("investigator"), place.stranger()
    there.log_in("investigator-0")
    for _ in range(5):
        assert there.records("EXP-003", password="wrong password", **ORDER).status_code == 403
    assert there.records("EXP-003", password=PASSWORD, **ORDER).status_code == 403
    assert there.get("/subjects/EXP-001").status_code == 200
    assert doctor.records("EXP-003", password=PASSWORD, **ORDER).status_code == 303


def test_networks_count_and_not_the_addresses_of_one() -> None:
    assert [
        network_of(each)
        for each in (
            "2001:db8::1",
            "2001:db8::ffff:1",
            "2001:db8:0:1::1",
            "::ffff:192.0.2.7",
            "192.0.2.7",
            "fe80::1%eth0",
        )
    ] == ["2001:db8::/64", "2001:db8::/64", "2001:db8:0:1::/64", "192.0.2.7", "192.0.2.7", "fe80::/64"]
    assert (network_of(None), network_of("testclient")) == ("unknown", "testclient")


def test_one_slip_after_a_lock_does_not_lock_again(place: Place) -> None:
    place.account("monitor")
    person = place.stranger()
    for _ in range(5):
        person.log_in("monitor", "wrong password")
    place.time.pass_by(minutes=16)
    person.log_in("monitor", "wrong password")
    assert person.log_in("monitor").status_code == 303


def test_admin_ends_a_lock_and_gives_a_new_password(place: Place) -> None:
    account = place.account("monitor")
    for _ in range(5):
        place.stranger().log_in("monitor", "wrong password")
    admin = place.somebody("admin")
    assert "locked" in admin.reads("/accounts")
    admin.sends("/accounts/id-monitor", do="unlock")
    assert place.stranger().log_in("monitor").status_code == 303
    told = words_of(admin.sends("/accounts/id-monitor", do="password"))
    new = told.partition("The new password is ")[2].partition(" ")[0]
    assert place.store.session(account.id) is None
    assert place.stranger().log_in("monitor").status_code == 403
    assert place.stranger().log_in("monitor", new).status_code == 303


def test_another_password_ends_the_other_sessions(place: Place) -> None:
    here = place.somebody("monitor")
    there = place.stranger()
    there.log_in("monitor-0")
    new = "four quiet grey herons"
    refused = here.sends("/account/password", password="not it at all", new=new, again=new)
    assert "The present password is wrong" in words_of(refused)
    assert "needs at least 12" in words_of(
        here.sends("/account/password", password=PASSWORD, new="short", again="short")
    )
    done = here.sends("/account/password", password=PASSWORD, new=new, again=new)
    assert "The password is changed" in words_of(done)
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 303
    assert place.stranger().log_in("monitor-0", new).status_code == 303


def test_who_loses_a_role_or_access_has_to_log_in_again(place: Place) -> None:
    admin, person = place.somebody("admin"), place.somebody("coordinator")
    answer = admin.sends("/accounts/id-coordinator-1", name="Dr C", role="monitor", all_sites="1")
    assert "The account is changed" in words_of(answer)
    assert person.get("/").status_code == 303
    person.log_in("coordinator-1")
    assert person.get("/subjects/EXP-001/record").status_code == 403
    admin.sends("/accounts/id-coordinator-1", name="Dr C", role="monitor", all_sites="1", disabled="1")
    assert person.get("/").status_code == 303
    assert person.log_in("coordinator-1").status_code == 403


def test_admin_cannot_lock_everybody_out(place: Place) -> None:
    admin = place.somebody("admin")
    answer = admin.sends("/accounts/id-admin-0", name="Dr A", role="monitor", all_sites="1")
    assert "Another admin has to take this from you" in words_of(answer)
    assert admin.get("/accounts").status_code == 200


def test_admin_of_one_site_gives_no_other(place: Place) -> None:
    admin = place.somebody("admin", frozenset({"Beijing"}))
    fields = {"login": "new", "name": "New", "role": "monitor"}
    assert "only sites that you have yourself" in words_of(admin.sends("/accounts", all_sites="1", **fields))
    place.account("monitor")
    assert admin.get("/accounts/id-monitor").status_code == 404


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/login",
        "/a\r\nSet-Cookie: x=1",
    ],
)
def test_log_in_leads_to_no_other_place(place: Place, elsewhere: str) -> None:
    place.account("monitor")
    answer = place.stranger().log_in("monitor", to=elsewhere)
    assert answer.headers["location"] == "/"


def test_log_in_leads_back_to_what_was_asked(place: Place) -> None:
    place.account("monitor")
    person = place.stranger()
    asked = person.get("/subjects/EXP-001/explain?entry=toripalimab.2")
    form = person.get(asked.headers["location"]).text
    assert 'value="/subjects/EXP-001/explain?entry=toripalimab.2"' in form


def test_too_many_tries_from_one_address_are_refused(place: Place) -> None:
    strict = Place(place.store, TestTime(), Settings(argon2_memory_kib=8, argon2_rounds=1, logins_per_minute=3))
    answers = [Person(strict).log_in(f"somebody-{number}") for number in range(4)]
    assert [answer.status_code for answer in answers] == [403, 403, 403, 429]
    assert answers[-1].headers["retry-after"] == "60"
