"""Many log in at once: whoever is signed in reads and signs meanwhile. Passwords are checked by a hash that waits."""

from __future__ import annotations

import asyncio
from threading import Event

import pytest
from httpx2 import ASGITransport, AsyncClient, Response

from scheduler.web.guards.passwords import Passwords, is_common, what_is_wrong_with
from scheduler.web.settings import Settings
from tests.web.people import Place

SENT, TAKEN = 60, 9
"""How many log in, more than the threads that a server has; and how many of them are taken: one, and eight who wait."""
LONG = 120
"""Seconds after which a page counts as starved: it has none to wait for."""


def test_log_ins_that_wait_keep_no_page_waiting(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in = "; ".join(f"{name}={value}" for name, value in place.somebody().browser.cookies.items())
    let_go = Event()

    def waits(self: Passwords, password: str, kept: str | None) -> bool:
        assert let_go.wait(LONG)
        return False

    monkeypatch.setattr(Passwords, "matches", waits)

    async def story() -> tuple[Response, list[Response], list[Response]]:
        headers = {"sec-fetch-site": "same-origin"}
        transport = ASGITransport(app=place.app)
        async with AsyncClient(transport=transport, base_url="http://testserver", headers=headers) as browser:
            fields = {"login": "nobody", "password": "a guess of mine"}
            logging_in = [asyncio.create_task(browser.post("/login", data=fields)) for _ in range(SENT)]
            try:
                page = await asyncio.wait_for(browser.get("/account", headers={"cookie": signed_in}), LONG)
                turned_away: list[Response] = []
                for done in asyncio.as_completed(logging_in):
                    turned_away.append(await asyncio.wait_for(done, LONG))
                    if len(turned_away) == SENT - TAKEN:
                        break
            finally:
                let_go.set()
            answers = await asyncio.gather(*logging_in)
            return page, turned_away, answers

    page, turned_away, answers = asyncio.run(story())
    assert page.status_code == 200
    assert {(each.status_code, each.headers["retry-after"].isdigit()) for each in turned_away} == {(429, True)}
    assert sorted(each.status_code for each in answers) == [403] * TAKEN + [429] * (SENT - TAKEN)


def test_who_is_signed_in_does_not_wait_behind_those_who_log_in() -> None:
    passwords = Passwords(Settings(argon2_memory_kib=8, argon2_rounds=1))
    kept = passwords.hash("correct horse battery")
    with passwords.turn(inside=False), passwords.turn(inside=True):
        assert passwords.matches("correct horse battery", kept)


@pytest.mark.parametrize(
    "password",
    [
        "password",
        "PassWord1234!",
        "qwertyuiop12",
        "iloveyou2026!!",
        "dragondragon",
        "111111111111",
        "short",
        "x" * 201,
        "dr.example-2026",
    ],
)
def test_a_password_that_others_use_or_can_guess_is_refused(password: str) -> None:
    assert what_is_wrong_with(password, "dr.example") is not None


@pytest.mark.parametrize("password", ["correct horse battery", "my dog eats maps", "7Kd-ppq2-vvx9"])
def test_a_password_of_ones_own_is_taken(password: str) -> None:
    assert what_is_wrong_with(password, "dr.example") is None


def test_common_passwords_are_known_with_signs_around_and_twice_in_a_row() -> None:
    assert [is_common(each) for each in ("dragon", "DRAGON!!", "2020dragon", "dragondragon", "dragon tamers")] == [
        *[True] * 4,
        False,
    ]


def test_a_common_password_is_refused_on_the_page_and_the_old_one_stays(place: Place) -> None:
    person = place.somebody()
    before = place.store.accounts()
    answer = person.sends(
        "/account/password", password="correct horse battery", new="iloveyou2026!!", again="iloveyou2026!!"
    )
    assert "many people use" in answer.text
    assert place.store.accounts() == before
