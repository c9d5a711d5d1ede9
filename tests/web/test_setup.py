"""Before the first patient: what is still to be done, and texts of the study that are looked at before they are added."""

from __future__ import annotations

import re
from html import unescape

import pytest
from httpx2 import Response

from scheduler.folder.founding.seed import seed_study
from scheduler.store.study import Study, study_of
from tests.web.people import Person, Place, words_of

SITE = (seed_study() / "site.yaml").read_text("utf-8")
PROTOCOL = (seed_study() / "protocol.yaml").read_text("utf-8")
AMENDMENT = (seed_study() / "amendment" / "protocol-1.1.yaml").read_text("utf-8")


def brings(person: Person, text: str | bytes, name: str) -> Response:
    data = text if isinstance(text, bytes) else text.encode()
    return person.browser.post(
        "/setup/look", data={"form_token": person.form_token}, files={"file": (name, data, "text/yaml")}
    )


def study_in(place: Place) -> Study:
    source = place.store.study()
    assert source is not None
    return study_of(source)


def adds(person: Person, page: Response, **more: str) -> Response:
    form = re.search(r'(?s)<form method="post" action="/setup/add".*?</form>', page.text)
    assert form is not None
    fields = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form[0])}
    return person.browser.post("/setup/add", data=fields | more)


def test_an_admin_sees_what_is_still_to_be_done(place: Place) -> None:
    admin = place.somebody("admin")
    assert "what is still to be done" in admin.reads("/")
    said = admin.reads("/setup")
    assert "done Your password it is your own" in said
    assert "to do Accounts nobody but you can log in" in said
    assert "done First patient 6 patients" in said
    place.somebody("coordinator")
    assert "no investigator can log in yet" in admin.reads("/setup")
    place.somebody("investigator")
    assert "done Accounts 2 other people can log in" in admin.reads("/setup")
    assert "what is still to be done" not in admin.reads("/")
    assert "what is still to be done" not in place.somebody("coordinator").reads("/")


def test_an_amendment_is_looked_at_with_what_it_would_change_and_then_added(place: Place) -> None:
    admin = place.somebody("admin")
    page = brings(admin, AMENDMENT, "protocol-1.1.yaml")
    said = words_of(page)
    assert "REGO-TORI-RT 1.1" in said
    assert "What would change for who moved today" in said
    assert [each.version for each in study_in(place).versions] == ["1.0"]
    answer = adds(admin, page, reason="approved on 20 May")
    assert answer.status_code == 303
    assert "REGO-TORI-RT 1.1 is in the study." in admin.reads(answer.headers["location"])
    last = list(place.store.records())[-1]
    assert (last.kind, last.reason) == ("protocol added", "approved on 20 May")


@pytest.mark.slow
def test_another_text_of_a_site_says_whose_dates_it_moves(place: Place) -> None:
    admin = place.somebody("admin")
    closed = SITE + "\nclosed: [{days: 2026-06-01..2026-06-30, because: building works}]\n"
    page = brings(admin, closed, "site.yaml")
    said = words_of(page)
    assert "in the place of the one that it has" in said
    assert re.search(r"What changes when it is added [1-9] patient", said)
    assert adds(admin, page).status_code == 303
    assert [each.kind for each in place.store.records()][-1] == "site added"
    other = brings(admin, SITE.replace("site: {en: Shanghai, zh: 上海}", "site: Suzhou"), "site-suzhou.yaml")
    assert "A new site. It moves nobody." in words_of(other)
    assert adds(admin, other).status_code == 303
    assert [each.name for each in study_in(place).sites] == ["Shanghai", "Suzhou"]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("p.yaml", AMENDMENT.replace("2: 28 days ±3 after", "2: 28 dayz ±3 after", 1), "p.yaml:36:"),
        ("p.yaml", PROTOCOL, "the study has this very text already"),
        ("p.yaml", PROTOCOL.replace("study: REGO-TORI-RT", "study: OTHER", 1), "this is a protocol of OTHER"),
        ("s.yaml", "site: X\nzone: Nowhere/At-All\n", "s.yaml:2:7"),
        ("x.yaml", "name: X\n", "neither a protocol nor a site"),
        ("x.yaml", b"\xff\xfe", "this is no text in UTF-8"),
        ("x.yaml", b"", "No file was chosen"),
    ],
)
def test_a_text_with_faults_is_shown_with_their_places_and_not_added(
    place: Place, name: str, text: str | bytes, words: str
) -> None:
    head = place.store.head()
    page = brings(place.somebody("admin"), text, name)
    assert (page.status_code, words in words_of(page)) == (422, True)
    assert "/setup/add" not in page.text
    assert [each.kind for each in place.store.records(after=head.number)] == ["account made"]


@pytest.mark.slow
def test_what_was_not_looked_at_is_not_added(place: Place) -> None:
    admin = place.somebody("admin")
    page = brings(admin, AMENDMENT, "protocol-1.1.yaml")
    assert adds(admin, page, text=AMENDMENT + "# more\n").status_code == 409
    first = adds(admin, page)
    assert first.status_code == 303
    assert adds(admin, page).status_code == 422
    assert [each.kind for each in place.store.records()].count("protocol added") == 2


def test_an_admin_of_one_site_changes_its_text_and_no_other(place: Place) -> None:
    admin = place.somebody("admin", frozenset({"Shanghai"}))
    assert brings(admin, SITE + "# more\n", "site.yaml").status_code == 200
    assert brings(admin, AMENDMENT, "protocol-1.1.yaml").status_code == 403
    assert brings(admin, SITE.replace("site: {en: Shanghai, zh: 上海}", "site: Suzhou"), "site.yaml").status_code == 403


def test_the_form_of_a_new_patient_has_the_next_free_numbers(place: Place) -> None:
    assert "Next free: CTL-007, EXP-006." in place.somebody().reads("/enrol")
