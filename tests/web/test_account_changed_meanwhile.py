"""An admin takes somebody's access while that person logs in or changes the own account: the admin's word stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from scheduler.store.values import Account
from scheduler.web.guards.passwords import Passwords
from scheduler.web.guards.second_factor import digest_of_code
from tests.web.people import HASHED, PASSWORD, SETTING_UP, Place, words_of
from tests.web.test_signing_after_a_reset import NEW, account_of, with_telephone

CODE = "abcdefgh-abcdefgh"


def meanwhile(place: Place, monkeypatch: pytest.MonkeyPatch, change: Callable[[Account], Account]) -> None:
    """While the next password is looked at, which takes a tenth of a second, somebody changes the account."""
    looks = Passwords.matches

    def matches(self: Passwords, password: str, kept: str | None) -> bool:
        monkeypatch.setattr(Passwords, "matches", looks)
        seen = account_of(place)
        place.store.change_account(seen, change(seen), SETTING_UP)
        return looks(self, password, kept)

    monkeypatch.setattr(Passwords, "matches", matches)


def disabled(account: Account) -> Account:
    return replace(account, disabled=True)


def reset(account: Account) -> Account:
    return replace(account, password=HASHED, given=True, reset_by="id-admin-1")


def test_who_is_put_out_while_a_recovery_code_is_looked_at_stays_out(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_telephone(place, place.somebody("investigator"))
    seen = account_of(place)
    place.store.change_account(seen, replace(seen, recovery=frozenset({digest_of_code(CODE)})), SETTING_UP)
    meanwhile(place, monkeypatch, disabled)
    assert place.stranger().log_in("investigator-0", code=CODE).status_code == 403
    assert account_of(place).disabled


def test_who_logs_in_with_a_password_that_is_changed_meanwhile_is_not_in(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever changes it ends all sessions, and this one begins after that."""
    place.somebody("investigator")
    meanwhile(place, monkeypatch, lambda seen: replace(seen, password=f"{HASHED[:-4]}AAAA"))
    stranger = place.stranger()
    assert stranger.log_in("investigator-0").headers["location"] == "/login"
    assert stranger.get("/subjects").headers["location"].startswith("/login")
    meanwhile(place, monkeypatch, lambda seen: replace(seen, password=HASHED))
    api = place.stranger().browser.post("/api/session", json={"login": "investigator-0", "password": NEW})
    assert api.status_code == 401


@pytest.mark.parametrize("change", [disabled, reset])
@pytest.mark.parametrize("path", ["/account/password", "/account/recovery-codes"])
def test_what_an_owner_changes_meanwhile_undoes_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch, path: str, change: Callable[[Account], Account]
) -> None:
    doctor = place.somebody("investigator")
    before = account_of(place)
    meanwhile(place, monkeypatch, change)
    answer = doctor.sends(path, password=PASSWORD, new=NEW, again=NEW)
    assert (answer.status_code, "somebody changed this account" in words_of(answer)) == (409, True)
    assert account_of(place) == change(before)
