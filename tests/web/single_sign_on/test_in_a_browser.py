"""The way to the provider and back in Chromium, with its policies about forms, cookies and other sites."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
if CHROMIUM is None and os.environ.get("REQUIRE_BROWSER") != "1":
    pytest.skip("no browser: apt-get install chromium fonts-wqy-microhei", allow_module_level=True)

import uvicorn  # noqa: E402
from axe_playwright_python.sync_playwright import Axe  # noqa: E402
from playwright.sync_api import Page, expect, sync_playwright  # noqa: E402

from tests.web.people import ORDER, Place  # noqa: E402
from tests.web.single_sign_on.small_provider import SmallProvider  # noqa: E402

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]

expect.set_options(timeout=120_000)
SHOTS = os.environ.get("SHOTS")


@pytest.fixture
def url(place: Place) -> Iterator[str]:
    """The server on a free port of localhost: for a browser another site than the provider's 127.0.0.1."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    here = f"http://localhost:{port}"
    served = Place(place.store, place.time, place.settings.model_copy(update={"public_url": here}))
    server = uvicorn.Server(uvicorn.Config(served.app, host="127.0.0.1", port=port, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield here
    server.should_exit = True
    thread.join()


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(120_000)
        yield page
        browser.close()


def seen(page: Page, name: str) -> None:
    """The page is one that everybody can use; a picture of it where SHOTS says so."""
    assert [each["id"] for each in Axe().run(page).response["violations"]] == []
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_log_in_sign_and_log_out(url: str, page: Page, provider: SmallProvider, place: Place, language: str) -> None:
    page.set_extra_http_headers({"accept-language": language})
    page.goto(f"{url}/login")
    seen(page, f"login-{language}")
    page.locator("a[href^='/login/provider']").click()
    expect(page.locator("header.bar")).to_contain_text("Dr Ada Example")
    page.goto(f"{url}/account")
    seen(page, f"account-{language}")
    page.goto(f"{url}/subjects/EXP-003/record?event=dose+changed")
    page.evaluate(
        """([token, fields]) => {
            const form = document.createElement('form');
            form.method = 'post'; form.action = '/subjects/EXP-003/preview';
            for (const [name, value] of Object.entries({...fields, form_token: token})) {
                const field = document.createElement('input');
                field.name = name; field.value = value; form.append(field);
            }
            document.body.append(form); form.submit();
        }""",
        [page.locator("input[name=form_token]").first.input_value(), ORDER],
    )
    button = page.locator("button[formaction='/subjects/EXP-003/sign']")
    expect(button).to_be_visible()
    seen(page, f"to-sign-{language}")
    button.click()
    expect(page.locator("input[name=password][type=hidden]")).to_have_count(1)
    assert "/subjects/EXP-003/signed/" in page.url
    seen(page, f"signed-{language}")
    page.locator("#recording button.main").click()
    page.wait_for_url(lambda where: "/record" not in where and "/signed" not in where)
    *_, record = place.store.records(subject="EXP-003")
    assert (record.who.name, record.signed is not None) == ("Dr Ada Example", True)
    page.locator("header.bar form[action='/logout'] button").click()
    page.wait_for_url(f"{provider.issuer}/out?**")
    page.goto(f"{url}/")
    expect(page).to_have_url(f"{url}/login")
