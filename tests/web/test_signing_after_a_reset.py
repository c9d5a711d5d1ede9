"""Who looks after accounts cannot sign as somebody else: a password that was given is changed, and a reset locks signing."""

from __future__ import annotations

import re
from datetime import datetime

import pyotp
import pytest

from scheduler.store.values import Account, Kind
from scheduler.web.guards.second_factor import digest_of_code, new_recovery_codes
from tests.web.people import ORDER, PASSWORD, Person, Place, words_of

NEW = "four quiet grey herons"


def given(person: Person, path: str, **fields: str) -> str:
    """The password that a page shows once."""
    text = words_of(person.sends(path, **fields))
    found = re.search(r"\b([a-z2-9]{5}(?:-[a-z2-9]{5}){3})\b", text)
    assert found is not None, text
    return found[1]


def reset(place: Place, admin: Person, login: str = "investigator-0") -> Person:
    """Somebody who is logged in with a password that the admin gave, and has chosen another."""
    password = given(admin, f"/accounts/id-{login}", do="password")
    taken = place.stranger()
    assert taken.log_in(login, password).status_code == 303
    assert taken.sends("/account/password", password=password, new=NEW, again=NEW).status_code == 200
    return taken


def signs(person: Person, password: str = NEW) -> int:
    return person.records("EXP-003", password=password, **ORDER).status_code


def account_of(place: Place, login: str = "investigator-0") -> Account:
    found = place.store.account_of(login)
    assert found is not None
    return found


def test_first_password_is_changed_before_anything_else(place: Place) -> None:
    admin = place.somebody("admin")
    password = given(admin, "/accounts", login="new", name="Dr New", role="monitor", all_sites="1")
    person = place.stranger()
    assert person.log_in("new", password).status_code == 303
    for path in ("/", "/subjects/EXP-001", "/audit.csv", "/subjects/EXP-001/calendar.csv"):
        assert person.get(path).headers["location"] == "/account", path
    assert person.get("/api/subjects").json()["type"].endswith("own-account-first")
    same = person.sends("/account/password", password=password, new=password, again=password)
    assert "The new password is the present one" in words_of(same)
    assert "choose one of your own" in words_of(person.get("/account"))
    person.sends("/account/password", password=password, new=NEW, again=NEW)
    assert person.get("/subjects/EXP-001").status_code == 200
    assert person.get("/api/subjects").status_code == 200


def test_first_password_locks_nothing_else(place: Place) -> None:
    admin = place.somebody("admin")
    password = given(admin, "/accounts", login="doctor", name="Dr New", role="investigator", all_sites="1")
    # The owner never came: another first password takes nobody's account.
    id = account_of(place, "doctor").id
    password = given(admin, f"/accounts/{id}", do="password")
    person = place.stranger()
    person.log_in("doctor", password)
    person.sends("/account/password", password=password, new=NEW, again=NEW)
    assert signs(person) == 303


def test_who_knows_the_first_password_makes_nothing_that_proves_the_owner_later(place: Place) -> None:
    admin = place.somebody("admin")
    password = given(admin, "/accounts", login="doctor", name="Dr New", role="investigator", all_sites="1")
    maker = place.stranger()
    maker.log_in("doctor", password)
    for path in ("/account/recovery-codes", "/account/second-factor"):
        assert (
            maker.sends(path, password=password, secret=pyotp.random_base32(32), code="123456").headers["location"]
            == "/account"
        )
    assert "Recovery codes" not in words_of(maker.get("/account"))
    assert account_of(place, "doctor").recovery == frozenset()
    maker.sends("/account/password", password=password, new=NEW, again=NEW)
    assert "10 codes left" in words_of(maker.sends("/account/recovery-codes", password=NEW))


def test_admin_who_reset_a_password_cannot_sign_with_it(place: Place) -> None:
    place.somebody("investigator")
    admin = place.somebody("admin")
    taken = reset(place, admin)
    before = place.store.head()
    refused = taken.records("EXP-003", password=NEW, **ORDER)
    assert (refused.status_code, place.store.head()) == (403, before)
    assert "Signing is locked" in words_of(refused)
    # Nor does whoever has the account make what would prove that it is the own one.
    for path in ("/account/recovery-codes", "/account/second-factor"):
        assert taken.sends(path, password=NEW, secret=pyotp.random_base32(32), code="123456").status_code == 403
    answer = taken.sends("/account/proof", code="abcdefgh-abcdefgh")
    assert "This code is not one of yours" in words_of(answer)
    api = taken.browser.post("/api/session", json={"login": "investigator-0", "password": NEW}).json()["token"]
    sent = taken.browser.post(
        "/api/subjects/EXP-003/events",
        json={"events": [{**ORDER, "level": -1}], "seen": place.store.log("EXP-003").length, "password": NEW},
        headers={"authorization": f"Bearer {api}"},
    )
    assert (sent.status_code, sent.json()["type"]) == (403, "urn:scheduler:problem:signing-locked")
    told = [each for each in place.store.records() if each.kind == Kind.ACCOUNT_CHANGED and '"reset_by"' in each.body]
    assert [each.who.id for each in told] == ["id-admin-1"]


def test_owner_signs_again_with_a_code_that_no_admin_has_seen(place: Place) -> None:
    doctor = place.somebody("investigator")
    made = words_of(doctor.sends("/account/recovery-codes", password=PASSWORD))
    codes = re.findall(r"\b[a-z2-9]{8}-[a-z2-9]{8}\b", made)
    assert len(set(codes)) == 10
    taken = reset(place, place.somebody("admin"))
    assert "it signs again" in words_of(taken.sends("/account/proof", code=codes[3].upper().replace("-", " ")))
    assert signs(taken) == 303
    assert len(account_of(place).recovery) == 9
    # A code is good for once.
    again = reset(place, place.somebody("admin"))
    assert "not one of yours" in words_of(again.sends("/account/proof", code=codes[3]))
    assert codes[3] not in "".join(record.body for record in place.store.records())


def test_another_admin_confirms_the_owner_and_neither_oneself_nor_who_reset_it(place: Place) -> None:
    place.somebody("investigator")
    first, second = place.somebody("admin"), place.somebody("admin")
    taken = reset(place, first)
    assert "Confirm that its owner has it" not in first.get("/accounts/id-investigator-0").text
    assert first.sends("/accounts/id-investigator-0", do="confirm").status_code == 403
    # An admin's account that was itself taken confirms nobody.
    puppet = reset(place, first, "admin-2")
    assert puppet.sends("/accounts/id-investigator-0", do="confirm").status_code == 403
    second = place.somebody("admin")
    assert "Confirm that its owner has it" in second.get("/accounts/id-investigator-0").text
    assert "signs again" in words_of(second.sends("/accounts/id-investigator-0", do="confirm", reason="seen"))
    assert signs(taken) == 303
    told = [each for each in place.store.records() if each.kind == Kind.ACCOUNT_CHANGED][-1]
    assert (told.who.id, told.reason) == ("id-admin-3", "another administrator confirmed the owner; seen")


def code_at(secret: str, moment: datetime) -> str:
    return pyotp.TOTP(secret).at(int(moment.timestamp()))


def with_telephone(place: Place, person: Person) -> str:
    """The secret of somebody's telephone."""
    secret = re.search(r'name="secret" value="(\w+)"', person.get("/account").text)
    assert secret is not None
    code = code_at(secret[1], place.time.now())
    done = person.sends("/account/second-factor", secret=secret[1], code=code, password=PASSWORD)
    assert "The second factor is set up" in words_of(done)
    place.time.pass_by(minutes=1)
    return secret[1]


def test_telephone_is_asked_for_at_each_log_in_and_its_codes_are_used_once(place: Place) -> None:
    doctor = place.somebody("investigator")
    secret = with_telephone(place, doctor)
    assert place.stranger().log_in("investigator-0").status_code == 403
    assert place.stranger().log_in("investigator-0", code="000000").status_code == 403
    code = code_at(secret, place.time.now())
    assert place.stranger().log_in("investigator-0", code=code).status_code == 303
    assert place.stranger().log_in("investigator-0", code=code).status_code == 403
    place.time.pass_by(minutes=1)
    late = code_at(secret, place.time.now())
    place.time.pass_by(seconds=31)
    assert place.stranger().log_in("investigator-0", code=f"{late[:3]} {late[3:]}").status_code == 303
    assert secret not in "".join(record.body for record in place.store.records())


def test_who_logs_in_with_the_telephone_after_a_reset_is_the_owner(place: Place) -> None:
    doctor, admin = place.somebody("investigator"), place.somebody("admin")
    secret = with_telephone(place, doctor)
    password = given(admin, "/accounts/id-investigator-0", do="password")
    assert place.stranger().log_in("investigator-0", password).status_code == 403
    person = place.stranger()
    assert person.log_in("investigator-0", password, code=code_at(secret, place.time.now())).status_code == 303
    person.sends("/account/password", password=password, new=NEW, again=NEW)
    assert signs(person) == 303


def test_admin_takes_a_lost_telephone_away_and_signing_waits(place: Place) -> None:
    doctor, admin = place.somebody("investigator"), place.somebody("admin")
    with_telephone(place, doctor)
    assert "is taken away" in words_of(admin.sends("/accounts/id-investigator-0", do="second-factor"))
    person = place.stranger()
    assert person.log_in("investigator-0").status_code == 303
    assert signs(person, PASSWORD) == 403


def test_recovery_code_stands_for_the_telephone_once(place: Place) -> None:
    doctor = place.somebody("investigator")
    with_telephone(place, doctor)
    codes = re.findall(
        r"\b[a-z2-9]{8}-[a-z2-9]{8}\b", words_of(doctor.sends("/account/recovery-codes", password=PASSWORD))
    )
    assert place.stranger().log_in("investigator-0", code=codes[0]).status_code == 303
    assert place.stranger().log_in("investigator-0", code=codes[0]).status_code == 403


def test_second_factor_may_be_required_by_role(place: Place) -> None:
    strict = Place(
        place.store, place.time, place.settings.model_copy(update={"second_factor_for": "investigator, admin"})
    )
    coordinator, doctor = strict.somebody("coordinator"), strict.somebody("investigator")
    assert coordinator.get("/subjects").status_code == 200
    assert doctor.get("/subjects").headers["location"] == "/account"
    with_telephone(strict, doctor)
    assert doctor.get("/subjects").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"code": "12345"}, "The code is not the one of this moment"),
        ({"secret": "A" * 5}, "The code is not the one of this moment"),
        ({"password": "wrong"}, "The present password is wrong"),
    ],
)
def test_telephone_is_not_set_up_without_its_code_and_the_password(
    place: Place, wrong: dict[str, str], said: str
) -> None:
    doctor, secret = place.somebody("investigator"), pyotp.random_base32(32)
    fields = {"secret": secret, "code": code_at(secret, place.time.now()), "password": PASSWORD} | wrong
    assert said in words_of(doctor.sends("/account/second-factor", **fields))
    assert account_of(place).totp is None
    assert said.startswith("The code") or "wrong" in words_of(doctor.sends("/account/recovery-codes", password="x"))


def test_codes_on_paper_are_kept_as_digests_however_they_are_typed() -> None:
    code, *_ = new_recovery_codes()
    assert digest_of_code(f" {code.upper()} ") == digest_of_code(code.replace("-", "")) != digest_of_code("other")


def test_sessions_are_listed_and_end_everywhere(place: Place) -> None:
    here = place.somebody("monitor")
    others = [place.stranger() for _ in range(3)]
    for each in others:
        place.time.pass_by(minutes=1)
        each.log_in("monitor-0")
    text = here.reads("/account")
    assert (text.count("last used"), text.count("(this one)")) == (4, 1)
    buttons = re.findall(r'name="session" value="(\w+)"', here.get("/account").text)
    assert buttons[-1] == "all"
    here.sends("/account/sessions/end", session=buttons[0])
    assert [each.get("/subjects").status_code for each in others] == [200, 200, 303]
    here.sends("/account/sessions/end", session="of somebody else")
    here.sends("/account/sessions/end", session="all")
    assert [each.get("/subjects").status_code for each in (here, *others)] == [200, 303, 303, 303]
