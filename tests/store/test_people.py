"""Accounts, sessions and feed links: what is kept, what an administrator's act leaves in the log, and that no secret is there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.errors import ChangedMeanwhile, Refused, UnknownSubject
from scheduler.store.beside.guesses import Limits
from scheduler.store.interface import Store
from scheduler.store.values import Kind, digest_of
from tests.store.breaking import rows
from tests.store.sample import ADMIN, LINK, PHARMACIST, SESSION, START, at, patient


def test_accounts_are_found_by_id_and_login_whatever_the_capitals(study: Store):
    for account in (PHARMACIST, ADMIN):
        study.add_account(account, at(1))
    assert study.accounts() == (ADMIN, PHARMACIST)
    assert study.account("a-2") == PHARMACIST
    assert study.account_of("  aDMIN ") == ADMIN
    assert study.account_of("nobody") is None
    assert (ADMIN.may_see("anywhere"), PHARMACIST.may_see("北京"), PHARMACIST.may_see("Berlin")) == (True, True, False)


@pytest.mark.parametrize(
    ("account", "code"),
    [
        (replace(PHARMACIST, id="a-1"), "account-there"),
        (replace(PHARMACIST, login="ADMIN"), "login-taken"),
        (replace(PHARMACIST, login=" "), "no-login"),
    ],
)
def test_no_two_accounts_are_one(study: Store, account: object, code: str):
    study.add_account(ADMIN, at(1))
    with pytest.raises(Refused) as error:
        study.add_account(account, at(2))  # type: ignore[arg-type]
    assert [finding.code for finding in error.value.findings] == [code]
    assert study.accounts() == (ADMIN,)
    assert study.head().number == 4


def test_the_log_says_what_became_of_an_account_and_never_a_password(study: Store):
    made = study.add_account(PHARMACIST, at(1, "new in the team"))
    monitor = replace(PHARMACIST, role="monitor", sites=None, disabled=True, password="$argon2id$3")
    changed = study.change_account(PHARMACIST, monitor, at(2))
    assert study.change_account(monitor, monitor, at(3)) is None
    assert changed is not None
    assert (made.kind, made.reason, made.subject) == (Kind.ACCOUNT_MADE, "new in the team", None)
    assert made.body == (
        '{"account":"a-2","disabled":false,"external":null,"given":false,"login":"ph","name":"The Pharmacist",'
        f'"password":"{digest_of("$argon2id$2")}","recovery":null,"reset_by":null,"role":"pharmacist",'
        '"sites":["Shanghai","北京"],"totp":null}'
    )
    assert changed.body == (
        '{"account":"a-2","changed":{"disabled":[false,true],'
        f'"password":["{digest_of("$argon2id$2")}","{digest_of("$argon2id$3")}"],'
        '"role":["pharmacist","monitor"],"sites":[["Shanghai","北京"],null]},"login":"ph"}'
    )
    found = study.account("a-2")
    assert found == monitor
    assert "argon2" not in repr(found)


def test_an_account_that_is_not_there_cannot_be_changed(study: Store):
    study.add_account(ADMIN, at(1))
    for account, code in ((PHARMACIST, "no-such-account"), (replace(ADMIN, login=""), "no-login")):
        with pytest.raises(Refused) as error:
            study.change_account(replace(ADMIN, id=account.id), account, at(2))
        assert [finding.code for finding in error.value.findings] == [code]


def test_nobody_s_change_of_an_account_is_undone_by_one_that_was_begun_before_it(study: Store):
    seen = replace(ADMIN, recovery=frozenset({"01", "02"}))
    study.add_account(seen, at(1))
    disabled = replace(seen, disabled=True)
    study.change_account(seen, disabled, at(2))
    head = study.head()
    for changed in (replace(seen, recovery=frozenset({"02"})), replace(seen, password="$argon2id$9"), seen, disabled):
        with pytest.raises(ChangedMeanwhile) as error:
            study.change_account(seen, changed, at(3))
        assert [finding.code for finding in error.value.findings] == ["account-changed"]
    assert (study.account("a-1"), study.head()) == (disabled, head)
    # Its owner's language is nobody's change.
    study.set_language("a-1", "zh")
    assert study.change_account(disabled, replace(disabled, name="Another"), at(4)) is not None


def test_of_two_who_use_the_same_code_at_once_one_does(study: Store):
    seen = replace(ADMIN, recovery=frozenset({"01", "02"}))
    study.add_account(seen, at(1))

    def use(_: int) -> bool:
        try:
            study.change_account(seen, replace(seen, recovery=frozenset({"02"})), at(2))
        except ChangedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(4) as several:
        assert sorted(several.map(use, range(4))) == [False, False, False, True]


LIMITS = Limits(3, timedelta(minutes=15))


def guess(store: Store, source: str, minute: float, *, right: bool = False, inside: bool = False) -> tuple[bool, bool]:
    """Whether a password was looked at, and whether it locked its source out."""
    now = START + timedelta(minutes=minute)
    begun = store.begin_guess("a-1", source, LIMITS, now, inside=inside)
    if not begun.allowed:
        return (False, begun.locked_until is not None)
    return (True, store.end_guess("a-1", source, LIMITS, now, right=right, inside=inside) is not None)


def test_wrong_passwords_lock_out_where_they_come_from_and_nobody_else(study: Store):
    study.add_account(ADMIN, at(1))
    assert [guess(study, "there", 0) for _ in range(4)] == [(True, False), (True, False), (True, True), (False, False)]
    assert study.locked(START) == {"a-1": START + timedelta(minutes=15)}
    assert guess(study, "here", 1, right=True) == (True, False)
    assert guess(study, "there", 14) == (False, False)
    assert study.locked(START + timedelta(minutes=15)) == {}
    assert guess(study, "there", 16) == (True, False)
    study.unlock("a-1")
    assert study.locked(START) == {}


def test_an_account_is_slow_for_sources_that_it_does_not_know(study: Store):
    assert guess(study, "known", 0, right=True) == (True, False)
    for number in range(8):
        assert guess(study, f"there {number}", number) == (True, False)
    assert guess(study, "new", 7.01, right=True) == (False, False)
    assert guess(study, "known", 7.01, right=True) == (True, False)
    assert guess(study, "new", 7.02, right=True) == (True, False)


def test_a_session_waits_for_nobody_and_has_a_limit_of_its_own(study: Store):
    for number in range(8):
        guess(study, f"there {number}", 0)
    assert guess(study, "new", 0) == (False, False)
    assert [guess(study, "session", 0, inside=True) for _ in range(4)][-2:] == [(True, True), (False, False)]
    assert guess(study, "another session", 0, right=True, inside=True) == (True, False)
    assert guess(study, "new", 0) == (False, False)


def test_as_many_as_are_tried_at_once_no_more_than_the_limit_are_looked_at(study: Store):
    begun = [study.begin_guess("a-1", "there", LIMITS, START, inside=False) for _ in range(6)]
    assert [each.allowed for each in begun] == [True, True, True, False, False, False]
    assert [each.locked_until is not None for each in begun] == [False, False, False, True, False, False]
    # The right one was among them.
    assert study.end_guess("a-1", "there", LIMITS, START, right=True, inside=False) is None
    assert guess(study, "there", 0, right=True) == (True, False)


def test_what_was_wrong_long_ago_is_forgotten(study: Store, url: str):
    guess(study, "known", 0, right=True)
    guess(study, "there", 0)
    guess(study, "new", 25 * 60)
    assert rows(url, "SELECT count(*) FROM guesses") == [(3,)]  # known, new, and all of them
    guess(study, "newer", 91 * 24 * 60)
    assert rows(url, "SELECT count(*) FROM guesses") == [(2,)]


def test_a_code_is_used_once(study: Store):
    assert [study.use_code("a-1", step) for step in (7, 7, 6, 8)] == [True, False, False, True]
    assert study.use_code("a-2", 7)


def test_the_language_of_a_person_is_kept_and_not_recorded(study: Store):
    study.add_account(ADMIN, at(1))
    head = study.head()
    study.set_language("a-1", "zh")
    assert study.account("a-1") == replace(ADMIN, language="zh")
    study.change_account(replace(ADMIN, language="zh"), replace(ADMIN, name="Another"), at(2))
    assert study.account("a-1") == replace(ADMIN, name="Another", language="zh")
    study.set_language("a-1", None)
    assert study.account("a-1") == replace(ADMIN, name="Another")
    assert study.head().number == head.number + 1


def test_a_session_lives_until_it_is_closed(study: Store):
    study.open_session(SESSION)
    assert study.session("hash-of-a-token") == SESSION
    assert study.session("another") is None
    assert study.sessions_of("a-1") == (SESSION,)
    later = replace(SESSION, seen=START + timedelta(hours=1), expires=START + timedelta(hours=9))
    study.touch_session(SESSION.token, later.seen, later.expires)
    assert study.session("hash-of-a-token") == later
    study.close_session(SESSION.token)
    study.close_session(SESSION.token)
    assert study.session("hash-of-a-token") is None
    assert study.head().number == 3


def test_sessions_of_an_account_end_together_and_expired_ones_are_forgotten(study: Store):
    for number in range(4):
        study.open_session(replace(SESSION, token=f"t{number}", expires=START + timedelta(hours=number)))
    study.open_session(replace(SESSION, token="other", account="a-2"))
    assert study.forget_sessions(START + timedelta(hours=1)) == 1
    assert study.close_sessions("a-1", but="t2") == 2
    assert [study.session(f"t{number}") is not None for number in range(4)] == [False, False, True, False]
    assert study.close_sessions("a-1") == 1
    assert study.session("other") is not None


def test_a_link_is_made_fetched_and_revoked(study: Store):
    study.enrol(patient(), at(1))
    made = study.add_link(LINK, at(2, "for the patient"))
    assert study.link(LINK.token) == LINK
    assert study.link("another") is None
    study.fetched_link("l-1", START + timedelta(hours=1))
    revoked = study.revoke_link("l-1", at(3, "lost telephone"))
    assert revoked is not None
    assert study.link(LINK.token) == replace(
        LINK, fetched=START + timedelta(hours=1), revoked=START + timedelta(minutes=3)
    )
    assert study.revoke_link("l-1", at(4)) is None
    assert study.revoke_link("l-9", at(4)) is None
    assert [(r.kind, r.subject, r.reason) for r in (made, revoked)] == [
        (Kind.LINK_MADE, "EXP-001", "for the patient"),
        (Kind.LINK_REVOKED, "EXP-001", "lost telephone"),
    ]
    assert made.body == revoked.body
    assert made.body == (
        '{"audience":"patient","created":"2026-03-01T08:00:00+00:00","detail":"neutral","expires":"2026-05-30T08:00:00+00:00","language":"zh","link":"l-1",'
        f'"site":null,"subject":"EXP-001","token":"{digest_of(LINK.token)}"}}'
    )
    assert LINK.token not in repr(study.links())


def test_links_are_listed_oldest_first_for_a_subject_or_all(study: Store):
    study.enrol(patient(), at(1))
    of_site = replace(
        LINK, id="l-0", token="t0", subject=None, site="Shanghai", audience="pharmacy", created=START, expires=None
    )
    later = replace(LINK, created=START + timedelta(hours=1))
    for link in (later, of_site):
        study.add_link(link, at(2))
    assert study.links() == (of_site, later)
    assert study.links(subject="EXP-001") == (later,)


def test_a_link_is_about_somebody_and_opened_by_one_token(study: Store):
    with pytest.raises(UnknownSubject):
        study.add_link(LINK, at(1))
    study.enrol(patient(), at(1))
    study.add_link(LINK, at(2))
    for double in (replace(LINK, id="l-2"), replace(LINK, token="other")):
        with pytest.raises(Refused) as error:
            study.add_link(double, at(3))
        assert [finding.code for finding in error.value.findings] == ["link-there"]
    assert study.links() == (LINK,)
