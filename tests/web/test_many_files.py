"""Many bring files at once: one is looked at, a few wait, and everybody else has pages meanwhile. What counts is counted."""

from __future__ import annotations

import asyncio

import pytest
from httpx2 import ASGITransport, AsyncClient, Response

from scheduler.web.pages.files import one_at_a_time
from tests.web.people import Place
from tests.web.test_import import RIGHT

SENT = 45
"""More than the threads that a server has."""
LONG = 120
"""Seconds after which a page counts as starved: it has none to wait for."""


@pytest.mark.parametrize(
    ("role", "path"), [("coordinator", "/import/look"), pytest.param("admin", "/setup/usdm", marks=pytest.mark.slow)]
)
def test_files_that_wait_keep_no_page_waiting(
    place: Place, monkeypatch: pytest.MonkeyPatch, role: str, path: str
) -> None:
    person = place.somebody(role)
    cookie = "; ".join(f"{name}={value}" for name, value in person.browser.cookies.items())
    # Those who wait do it until this test has counted the others.
    monkeypatch.setattr(one_at_a_time, "_SECONDS", LONG)

    async def story() -> tuple[Response, list[Response], list[Response]]:
        headers = {"sec-fetch-site": "same-origin", "cookie": cookie}
        transport = ASGITransport(app=place.app)
        async with AsyncClient(transport=transport, base_url="http://testserver", headers=headers) as browser:
            with one_at_a_time.one_at_a_time():
                brought = [
                    asyncio.create_task(
                        browser.post(
                            path, data={"form_token": person.form_token}, files={"file": ("a.csv", RIGHT, "text/csv")}
                        )
                    )
                    for _ in range(SENT)
                ]
                page = await asyncio.wait_for(browser.get("/account"), LONG)
                turned_away: list[Response] = []
                for done in asyncio.as_completed(brought):
                    turned_away.append(await asyncio.wait_for(done, LONG))
                    if len(turned_away) == SENT - one_at_a_time.WAITING:
                        break
            return page, turned_away, await asyncio.gather(*brought)

    page, turned_away, answers = asyncio.run(story())
    assert page.status_code == 200
    assert {(each.status_code, each.headers["retry-after"]) for each in turned_away} == {(503, "5")}
    looked_at = [each.status_code for each in answers if each.status_code != 503]
    # No USDM: that is said of it.
    assert looked_at == [200 if path == "/import/look" else 422] * one_at_a_time.WAITING
