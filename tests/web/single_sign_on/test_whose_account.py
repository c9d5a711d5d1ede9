"""No admin gets another person's signature by an identity at the provider, a password, or both after each other."""

from __future__ import annotations

import re

from tests.web.people import ORDER, PASSWORD, Person, Place, words_of
from tests.web.single_sign_on.small_provider import SmallProvider
from tests.web.single_sign_on.test_single_sign_on import account_at, logged_in, previewed, returns, signs
from tests.web.test_signing_after_a_reset import code_at, given, reset, with_telephone

DOCTOR = "/accounts/id-investigator-0"


def gives(admin: Person, subject: str) -> None:
    """The admin says that the investigator is this person at the provider."""
    assert admin.sends(DOCTOR, do="provider", subject=subject).status_code == 200


def test_identity_that_an_admin_gave_goes_when_the_owner_comes_with_the_telephone(
    place: Place, provider: SmallProvider
) -> None:
    doctor, admin = place.somebody("investigator"), place.somebody("admin")
    secret = with_telephone(place, doctor)
    # The admin says who the doctor is at the provider, and it is the admin.
    gives(admin, "ada")
    taken = logged_in(place, provider, "ada")
    there = taken.browser.post("/subjects/EXP-003/sign", data=previewed(taken)).headers["refresh"]
    page = taken.get(returns(taken, provider.meets(there.partition("url=")[2], "ada")).headers["location"])
    proved = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    owner = place.stranger()
    assert owner.log_in("investigator-0", code=code_at(secret, place.time.now())).status_code == 303
    # The owner signs again; whoever came from the provider is out, with what was proved there.
    before = place.store.log("EXP-003").length
    taken.browser.post("/subjects/EXP-003/record", data=proved)
    assert place.store.log("EXP-003").length == before
    assert taken.browser.get("/subjects/EXP-003").headers["location"].startswith("/login")
    assert (account_at(place, "investigator-0").reset_by, account_at(place, "investigator-0").external) == (None, None)
    assert owner.records("EXP-003", password=PASSWORD, **ORDER).status_code == 303


def test_owner_who_proves_it_after_coming_from_the_provider_keeps_the_identity(
    place: Place, provider: SmallProvider
) -> None:
    doctor, admin = place.somebody("investigator"), place.somebody("admin")
    codes = re.findall(
        r"\b[a-z2-9]{8}-[a-z2-9]{8}\b", words_of(doctor.sends("/account/recovery-codes", password=PASSWORD))
    )
    gives(admin, "ada")
    person = logged_in(place, provider, "ada")
    assert "it signs again" in words_of(person.sends("/account/proof", code=codes[0]))
    assert signs(person, provider).status_code == 303
    # The same code given after a log-in by password says nothing about who is who at the provider.
    other = place.somebody("investigator")
    login = f"investigator-{len(place.store.accounts()) - 1}"
    codes = re.findall(
        r"\b[a-z2-9]{8}-[a-z2-9]{8}\b", words_of(other.sends("/account/recovery-codes", password=PASSWORD))
    )
    assert admin.sends(f"/accounts/id-{login}", do="provider", subject="bob").status_code == 200
    other.log_in(login)
    other.sends("/account/proof", code=codes[0])
    assert (account_at(place, login).reset_by, account_at(place, login).external) == (None, None)


def test_admin_who_gave_an_identity_does_not_confirm_what_another_gave_after_it(
    place: Place, provider: SmallProvider
) -> None:
    place.somebody("investigator")
    first, second = place.somebody("admin"), place.somebody("admin")
    gives(first, "ada")
    reset(place, second)
    for admin in (first, second):
        assert admin.sends(DOCTOR, do="confirm").status_code == 403
    assert place.somebody("admin").sends(DOCTOR, do="confirm").status_code == 200


def test_admin_who_gave_the_second_of_two_passwords_does_not_confirm_it(place: Place) -> None:
    place.somebody("investigator")
    first, second = place.somebody("admin"), place.somebody("admin")
    given(first, DOCTOR, do="password")
    reset(place, second)
    for admin in (first, second):
        assert admin.sends(DOCTOR, do="confirm").status_code == 403
    # Nor does anybody while the password is still one that an admin has read.
    given(first, DOCTOR, do="password")
    assert place.somebody("admin").sends(DOCTOR, do="confirm").status_code == 403


def test_first_password_of_an_account_that_got_an_identity_is_worth_nothing(
    place: Place, provider: SmallProvider
) -> None:
    admin, other = place.somebody("admin"), place.somebody("admin")
    made = given(admin, "/accounts", login="new", name="Dr New", role="investigator", all_sites="1")
    path = f"/accounts/{account_at(place, 'new').id}"
    admin.sends(path, do="provider", subject="ada")
    assert other.sends(path, do="confirm").status_code == 200
    assert signs(logged_in(place, provider, "ada"), provider).status_code == 303
    # Whoever made the account read its first password.
    assert place.stranger().log_in("new", made).status_code == 403
    # And a new one locks signing, as with every account that has an owner.
    given(admin, path, do="password")
    assert account_at(place, "new").reset_by == "id-admin-0"
    # Where another admin confirms the owner, who comes from the provider, it lets nobody in.
    assert other.sends(path, do="confirm").status_code == 200
    assert (account_at(place, "new").password, account_at(place, "new").given) == ("", False)
