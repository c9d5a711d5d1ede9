"""A person's way through the pages in a real browser, by keyboard too, and what axe-core says of each page.

The server is the real one, in a process of its own. The seed study is served as of the day on which its patients were left.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
if CHROMIUM is None and os.environ.get("REQUIRE_BROWSER") != "1":
    pytest.skip("no browser: apt-get install chromium fonts-wqy-microhei", allow_module_level=True)

pytestmark = pytest.mark.xdist_group("browser")

from playwright.sync_api import Browser, Page, expect, sync_playwright  # noqa: E402

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 600_000
"""Milliseconds until a page that never comes is given up, on however slow a machine."""

expect.set_options(timeout=PATIENCE)

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 800}
PAGES = (
    "/",
    "/subjects",
    "/subjects/EXP-003",
    "/subjects/CTL-002",
    "/subjects/CTL-002/decisions",
    "/subjects/CTL-002/drugs",
    "/subjects/CTL-002/events",
    "/subjects/CTL-002/history",
    "/subjects/EXP-003/explain?entry=toripalimab.2",
    "/subjects/EXP-003/fewest-trips",
    "/subjects/EXP-003/record",
    "/subjects/EXP-003/record?event=held",
    "/subjects/EXP-003/record?event=adverse+event",
    "/subjects/CTL-002/correct/6",
    "/subjects/EXP-005/do?entry=end-of-treatment.1&what=done&on=2026-05-20",
    "/subjects/EXP-005/do?entry=end-of-treatment.1&what=done",
    "/subjects/EXP-005/move?entry=end-of-treatment.1",
    "/subjects/EXP-005/visit?entry=end-of-treatment.1",
    "/today/done",
    "/enrol",
    "/import",
    "/setup",
    "/setup/standards",
    "/keys",
    "/pharmacy",
    "/stock",
    "/stock/form?event=received",
    "/forecast",
    "/deviations",
    "/endpoints",
    "/agenda?on=2026-05-21",
    "/search?q=EXP-003+dose",
    "/reports",
    "/study",
    "/reports/adverse-events",
    "/reports/exposure",
    "/reports/lots",
    "/agenda?on=2026-05-27&view=week",
    "/agenda?on=2026-05-27&view=day",
    "/agenda/fewest-trips?on=2026-05-27&until=2026-06-28",
    "/protocol",
    "/links",
    "/audit",
    "/accounts",
    "/account",
    "/notices",
    "/subjects/CTL-002/sheet",
    "/nothing",
)


@dataclass
class Served:
    """A running server: where, the first admin's password, and what it has written down."""

    url: str
    password: str
    log: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "study").mkdir()
    command = [sys.executable, "-m", "scheduler", "serve", str(folder / "study"), "--port", str(port)]
    settings = {"SCHEDULER_TODAY": "2026-05-21", "SCHEDULER_ARGON2_MEMORY_KIB": "1024"}
    said, log = folder / "said", folder / "log"
    with said.open("wb") as out, log.open("wb") as err:
        server = subprocess.Popen(command, env={**os.environ, **settings}, stdout=out, stderr=err, cwd=folder)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(3000):
            try:
                urllib.request.urlopen(f"{url}/healthz", timeout=60)
                break
            except OSError:
                assert server.poll() is None, log.read_text()
                time.sleep(0.2)
        found = re.search(r"password: (\S+)", said.read_text())
        assert found is not None, said.read_text()
        yield Served(url, own_password(url, "admin", found.group(1)), log)
    finally:
        server.terminate()
        assert server.wait(600) == 0, log.read_text()


def own_password(url: str, login: str, given: str) -> str:
    """Another password instead of the one that was given."""
    new = f"four quiet grey herons of {given}"

    def send(path: str, token: str | None, **body: str) -> bytes:
        headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
        request = urllib.request.Request(f"{url}{path}", json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=600) as answer:
            said: bytes = answer.read()
            return said

    token = json.loads(send("/api/session", None, login=login, password=given))["token"]
    send("/api/session/password", token, password=given, new=new)
    return new


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


def open_page(browser: Browser, served: Served, size: Any = DESK, script: bool = True) -> Page:
    context = browser.new_context(base_url=served.url, viewport=size, java_script_enabled=script, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    return page


def log_in(page: Page, login: str, password: str) -> None:
    page.goto("/login")
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2026")


@pytest.fixture
def admin(browser: Browser, served: Served) -> Iterator[Page]:
    page = open_page(browser, served)
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    log_in(page, "admin", served.password)
    yield page
    page.context.close()
    assert [text for text in troubles if "404" not in text] == []


def make_account(page: Page, url: str, login: str, role: str) -> str:
    page.goto("/accounts")
    page.get_by_label("Login").fill(login)
    page.get_by_label("Name, as records tell it").fill(f"Dr {login.title()}")
    page.get_by_label("Role").select_option(role)
    page.get_by_label("all sites").check()
    page.get_by_role("button", name="Make the account").click()
    return own_password(url, login, page.locator("#made code").nth(1).inner_text())


def new_patient(page: Page, number: str) -> None:
    page.goto("/enrol")
    page.get_by_label("Number in the study").fill(number)
    page.get_by_label("Consent on").fill("2026-04-20")
    page.get_by_label("Screening complete").fill("2026-04-23")
    page.get_by_label("Randomised on").fill("2026-04-24")
    page.get_by_label("Arm").select_option("experimental")
    page.get_by_label("First dose planned for").fill("2026-04-27")
    page.get_by_role("button", name="Enrol").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(number)


@pytest.mark.slow
def test_patient_is_enrolled_held_with_preview_and_printed(admin: Page) -> None:
    new_patient(admin, "EXP-020")
    admin.get_by_role("link", name="Record an event").click()
    admin.get_by_role("link", name="Cycle at home started").click()
    admin.get_by_label("Date").fill("2026-04-27")
    expect(admin.get_by_text(re.compile("Monday,? 27 April 2026"))).to_be_visible()
    admin.get_by_label("Treatment").select_option("regorafenib")
    admin.get_by_label("Cycle").fill("1")
    admin.get_by_role("button", name="See what changes").click()
    admin.get_by_role("button", name="Record it").click()
    expect(admin.get_by_role("status")).to_contain_text("is recorded")

    admin.goto("/subjects/EXP-020/record?event=adverse+event")
    admin.get_by_label("Its number").fill("1")
    admin.get_by_label("Term").fill("Palmar-plantar erythrodysesthesia syndrome")
    admin.get_by_label("Grade").select_option("3")
    admin.get_by_role("checkbox", name="Regorafenib").check()
    admin.get_by_role("button", name="See what changes").click()
    expect(admin.get_by_text("The protocol will call for a decision")).to_be_visible()
    admin.get_by_role("button", name="Record it").click()

    admin.goto("/subjects/EXP-020/record?event=held")
    admin.get_by_label("Treatment").select_option("regorafenib")
    admin.get_by_label("Reason").fill("AE 1")
    admin.get_by_role("button", name="See what changes").click()
    expect(admin.get_by_role("heading", level=1)).to_have_text("What would change")
    admin.get_by_role("button", name="Change it").click()
    expect(admin.get_by_label("Reason")).to_have_value("AE 1")
    admin.get_by_role("button", name="See what changes").click()
    admin.get_by_role("button", name="Record it").click()
    expect(admin.get_by_role("status")).to_contain_text("is recorded")
    expect(admin.get_by_role("list", name="How the patient stands")).to_contain_text(
        "Regorafenib on hold since 21 May 2026"
    )
    admin.emulate_media(media="print")
    expect(admin.get_by_role("navigation")).to_have_count(0)
    expect(admin.get_by_role("link", name="Record an event")).to_be_hidden()
    assert admin.pdf()[:5] == b"%PDF-"


@pytest.mark.slow
def test_proposal_is_decided_and_signed(browser: Browser, served: Served, admin: Page) -> None:
    admin.goto("/subjects/EXP-001/record?event=adverse+event")
    admin.get_by_label("Its number").fill("7")
    admin.get_by_label("Term").fill("Palmar-plantar erythrodysesthesia syndrome")
    admin.get_by_label("Grade").select_option("3")
    admin.get_by_role("checkbox", name="Regorafenib").check()
    admin.get_by_role("button", name="See what changes").click()
    admin.get_by_role("button", name="Record it").click()
    expect(admin.get_by_text("An investigator decides.")).to_be_visible()
    password = make_account(admin, served.url, "wilson", "investigator")
    doctor = open_page(browser, served)
    log_in(doctor, "wilson", password)
    doctor.goto("/subjects/EXP-001")
    doctor.get_by_role("link", name="Decide").click()
    doctor.get_by_role("radio", name="hold at least 7 days").check()
    doctor.get_by_role("button", name="See what changes, then sign").click()
    doctor.get_by_label("Your password again").fill(password)
    doctor.get_by_role("button", name="Record it").click()
    expect(doctor.get_by_role("status")).to_contain_text("is recorded")
    doctor.get_by_role("navigation", name="Parts of the page").get_by_role("link", name="Decisions").click()
    expect(doctor.get_by_text("decided as proposed")).to_be_visible()
    doctor.context.close()


@pytest.mark.slow
def test_lists_are_taken_as_pdf_in_the_language_that_was_chosen(admin: Page) -> None:
    admin.goto("/pharmacy")
    admin.get_by_label("PDF in").select_option("Chinese")
    with admin.expect_download() as list_of_pharmacy:
        admin.get_by_role("button", name="Make the PDF").click()
    assert list_of_pharmacy.value.suggested_filename == "dispensing-2026-05-21-2026-06-18-zh.pdf"
    admin.goto("/protocol")
    with admin.expect_download() as activities:
        admin.get_by_role("button", name="Make the PDF of Regorafenib alone").click()
    assert activities.value.suggested_filename == "activities-1.0-control-en.pdf"
    admin.goto("/audit")
    with admin.expect_download() as trail:
        admin.get_by_role("link", name="PDF").click()
    assert trail.value.path().read_bytes()[:5] == b"%PDF-"


@pytest.mark.slow
def test_feed_is_subscribed_and_revoked(served: Served, admin: Page) -> None:
    admin.goto("/links")
    admin.get_by_label("For", exact=False).first.select_option("patient")
    admin.get_by_label("Patient", exact=True).select_option("EXP-003")
    admin.get_by_role("button", name="Make the link").click()
    address = admin.get_by_role("textbox", name="Address").input_value()
    assert re.fullmatch(rf"{served.url}/feeds/[\w-]{{43}}\.ics", address)
    expect(admin.get_by_role("img", name="QR code of the address")).to_be_visible()
    admin.get_by_role("button", name="Revoke the link for EXP-003").click()
    expect(admin.get_by_role("row", name=re.compile("EXP-003.*revoked"))).to_be_visible()
    assert address.rpartition("/")[2].partition(".")[0] not in served.log.read_text()


@pytest.mark.slow
def test_everything_goes_without_javascript_too(browser: Browser, served: Served) -> None:
    page = open_page(browser, served, script=False)
    log_in(page, "admin", served.password)
    new_patient(page, "EXP-021")
    page.get_by_role("link", name="Record an event").click()
    page.get_by_role("link", name="Cycle at home started").click()
    page.get_by_label("Date").fill("2026-04-27")
    page.get_by_label("Treatment").select_option("regorafenib")
    page.get_by_label("Cycle").fill("1")
    page.get_by_role("button", name="See what changes").click()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("status")).to_contain_text("is recorded")
    page.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without"])
def test_row_is_done_undone_moved_and_missed_in_few_clicks(browser: Browser, served: Served, script: bool) -> None:
    """Done and not done are a click and a confirmation, moved is two, undone one. With a script it is over the list."""
    page = open_page(browser, served, script=script)
    log_in(page, "admin", served.password)
    clicks = 0

    def click(role: Any, name: str | re.Pattern[str]) -> None:
        nonlocal clicks
        clicks += 1
        page.get_by_role(role, name=name).first.click()

    def took() -> int:
        nonlocal clicks
        counted, clicks = clicks, 0
        return counted

    page.goto("/subjects/EXP-005/visit?entry=end-of-treatment.1")
    page.get_by_role("button", name="See what changes").click()
    page.get_by_role("button", name="Record all of it").click()
    expect(page.get_by_role("button", name="recorded by mistake")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("EXP-005" if script else "What would change")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("EXP-005")
    page.get_by_role("button", name="recorded by mistake").click()
    expect(page.get_by_text("It is undone.")).to_be_visible()
    page.goto("/")
    click("link", re.compile("Done on 20 May 2026 End of treatment of EXP-005"))
    over = page.get_by_role("dialog")
    expect(over).to_have_count(1 if script else 0)
    click("button", "Record it")
    expect(page.get_by_text("Recorded: EXP-005, End of treatment is done.")).to_be_visible()
    assert took() == 2
    click("button", "recorded by mistake")
    expect(page.get_by_text("It is undone.")).to_be_visible()
    assert took() == 1
    click("link", re.compile("Move End of treatment of EXP-005"))
    click("link", re.compile("25 Monday 25 May 2026"))
    click("button", "Record it")
    expect(page.get_by_text("is booked for").or_(page.get_by_text("is rebooked for"))).to_be_visible()
    assert took() == 3
    click("button", "it was another day")
    expect(page.get_by_text("It is undone.")).to_be_visible()
    took()
    click("link", re.compile("Not done End of treatment of EXP-005"))
    page.get_by_label("Why was it not done?").fill("did not come")
    click("button", "Record it")
    expect(page.get_by_text("End of treatment is not done")).to_be_visible()
    assert took() == 2
    click("button", "recorded by mistake")
    if script:
        click("link", re.compile("Done on … End of treatment of EXP-005"))
        page.keyboard.press("Escape")
        expect(over).to_have_count(0)
    page.context.close()


@pytest.mark.slow
def test_everything_goes_by_keyboard(browser: Browser, served: Served) -> None:
    page = open_page(browser, served)
    page.goto("/login")
    page.keyboard.type("admin")
    page.keyboard.press("Tab")
    page.keyboard.type(served.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2026")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.context.close()


TOUCHING = """() => [...document.querySelectorAll("main :is(h1, h2, .about)")].filter((title) => {
  let next = title.nextElementSibling;
  while (next && !next.getClientRects().length) { next = next.nextElementSibling; }
  const box = next && (next.matches("form") ? next.querySelector(".card, .sheet") || next : next);
  const framed = box && box.matches(".card, .sheet, .listed, .proposal, .preview, .notice");
  return framed && title.getClientRects().length && box.getBoundingClientRect().top - title.getBoundingClientRect().bottom < 4;
}).map((title) => title.textContent.trim())"""
"""The titles and introductions that a card or a table begins right below of."""


def pages_that_answer_forms(page: Page) -> tuple[str, ...]:
    """A preview, and a form with what is wrong in it, by the addresses at which they can be asked for again."""
    page.goto("/subjects/EXP-005/visit?entry=end-of-treatment.1")
    page.locator("form.visit-form button.main").click()
    preview = page.url
    page.goto("/subjects/EXP-003/record?event=held")
    page.locator("main form.card button.main").click()
    return preview, page.url


LAPTOP = {"width": 1366, "height": 768}
BY_COLOUR = ("color-contrast", "link-in-text-block")
"""The rules of axe that ask for colours: in the dark nothing else is another."""


def axe_finds(page: Page, *rules: str) -> list[str]:
    """What axe-core says of the page as it is shown now, by all its rules or by some."""
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    violations = page.evaluate("options => axe.run(options).then(results => results.violations)", options)
    return [f"{each['id']}: {each['help']} {[node['target'] for node in each['nodes']][:3]}" for each in violations]


def complaints_of(page: Page, size: Any) -> list[str]:
    """About the page that is open, on a screen of that size, in the light and in the dark."""
    page.set_viewport_size(size)
    found = []
    for scheme, rules in (("light", ()), ("dark", BY_COLOUR)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{scheme}: scrolls sideways")
        found += [f"{scheme}: {title!r} touches what is below it" for title in page.evaluate(TOUCHING)]
        found += [f"{scheme}: {each}" for each in axe_finds(page, *rules)]
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("locale", "sizes"), [("en-GB", (LAPTOP, PHONE)), ("zh-CN", (PHONE, LAPTOP))])
def test_pages_are_accessible_and_never_scroll_sideways(
    browser: Browser, served: Served, locale: str, sizes: tuple[Any, ...]
) -> None:
    """Each page is opened once in each language, and shown on both screens, in the light and in the dark."""
    from axe_playwright_python.base import AXE_SCRIPT

    logged_in = open_page(browser, served)
    log_in(logged_in, "admin", served.password)
    state = logged_in.context.storage_state()
    logged_in.context.close()
    context = browser.new_context(base_url=served.url, viewport=sizes[0], locale=locale, storage_state=state)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints = []
    for path in (*PAGES, *pages_that_answer_forms(page)):
        page.set_viewport_size(sizes[0])
        page.goto(path)
        assert (page.locator("html").get_attribute("lang") or "")[:2] == locale[:2], path
        # A page that is still being computed asks for itself again.
        expect(page.locator('meta[http-equiv="refresh"]')).to_have_count(0)
        page.evaluate(AXE_SCRIPT)
        complaints += [f"{path}, {size['width']} wide: {each}" for size in sizes for each in complaints_of(page, size)]
    page.context.close()
    assert complaints == []


@pytest.mark.slow
@pytest.mark.parametrize("size", [{"width": 1366, "height": 768}, {"width": 390, "height": 844}], ids=["desk", "phone"])
def test_a_patient_s_page_is_short_and_its_picture_opens_at_today_without_a_script(
    browser: Browser, served: Served, size: Any
) -> None:
    page = open_page(browser, served, size, script=False)
    log_in(page, "admin", served.password)
    page.goto("/subjects/EXP-003")
    assert page.evaluate("document.documentElement.scrollHeight") <= 2200
    seen, today = page.locator(".picture .scroll").bounding_box(), page.locator("#today").bounding_box()
    assert seen is not None
    assert today is not None
    assert seen["x"] + 168 <= today["x"] <= seen["x"] + seen["width"]
    page.mouse.wheel(0, 3000)
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    page.context.close()


@dataclass
class Counted:
    """A person whose clicks are counted; what is typed is none."""

    page: Page
    clicks: int = 0

    def link(self, name: str | re.Pattern[str]) -> None:
        self.clicks += 1
        self.page.get_by_role("link", name=name).first.click()

    def button(self, name: str | re.Pattern[str]) -> None:
        self.clicks += 1
        self.page.get_by_role("button", name=name).first.click()

    def radio(self, name: str) -> None:
        self.clicks += 1
        self.page.get_by_role("radio", name=name).check()

    def took(self) -> int:
        counted, self.clicks = self.clicks, 0
        return counted


@pytest.mark.slow
def test_what_is_done_every_day_takes_few_clicks(browser: Browser, served: Served, admin: Page) -> None:
    """Enrolled and randomised 3, an adverse event 4, undone 1, decided and signed 4, handed out 2: each with what is typed."""
    at_work = Counted(admin)
    at_work.link("Subjects")
    at_work.link("Enrol a patient")
    for label, text in (
        ("Number in the study", "EXP-031"),
        ("Consent on", "2026-04-20"),
        ("Randomised on", "2026-04-24"),
    ):
        admin.get_by_label(label).fill(text)
    admin.get_by_label("Screening complete").fill("2026-04-23")
    admin.get_by_label("Arm").select_option("experimental")
    at_work.button("Enrol")
    expect(admin.get_by_role("heading", level=1)).to_have_text("EXP-031")
    assert at_work.took() == 3

    admin.goto("/subjects/EXP-003")
    for undone in (True, False):
        at_work.link("Record an event")
        at_work.link("New adverse event")
        admin.get_by_label("Term").fill("Palmar-plantar erythrodysesthesia syndrome")
        admin.get_by_label("Grade").select_option("3")
        admin.get_by_role("checkbox", name="Regorafenib").check()
        at_work.button("See what changes")
        at_work.button("Record it")
        expect(admin.get_by_role("status").first).to_contain_text("is recorded")
        assert at_work.took() == 4
        if undone:
            at_work.button("recorded by mistake")
            expect(admin.get_by_text("It is undone.")).to_be_visible()
            assert at_work.took() == 1
            admin.goto("/subjects/EXP-003")

    password = make_account(admin, served.url, "clicks", "investigator")
    doctor = Counted(open_page(browser, served))
    log_in(doctor.page, "clicks", password)
    doctor.page.goto("/subjects/EXP-003")
    doctor.link("Decide")
    doctor.radio("hold at least 7 days")
    doctor.button("See what changes, then sign")
    doctor.page.get_by_label("Your password again").fill(password)
    doctor.button("Record it")
    expect(doctor.page.get_by_role("status").first).to_contain_text("is recorded")
    assert doctor.took() == 4
    doctor.page.context.close()

    admin.goto("/pharmacy")
    at_work.link("Handed out")
    admin.get_by_label("Lot").fill("A123")
    admin.get_by_label("Lot").press("Enter")
    at_work.button("Record it")
    expect(admin.get_by_role("status").first).to_contain_text("is recorded")
    assert at_work.took() == 2


@pytest.mark.slow
def test_keys_are_listed_and_lead_to_pages(admin: Page) -> None:
    admin.goto("/subjects")
    admin.keyboard.press("?")
    expect(admin.get_by_role("dialog").get_by_text("Search everywhere")).to_be_visible()
    admin.keyboard.press("Escape")
    admin.keyboard.press("g")
    admin.keyboard.press("a")
    expect(admin.get_by_role("heading", level=1)).to_have_text("May 2026")
    admin.keyboard.press("g")
    admin.keyboard.press("t")
    expect(admin.get_by_role("heading", level=1)).to_contain_text("2026")
