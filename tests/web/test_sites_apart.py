"""Two sites with data of every kind: who works at one is told nothing of the other, by whatever way it is asked for."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from httpx2 import Response

from scheduler.store.opening import open_store
from scheduler.store.values import Enrolment, SiteSource
from scheduler.web.guards.roles import TABLE, Role, Rule
from tests.web.people import HELD, SETTING_UP, Person, Place, TestTime

SITES = {"Dalian": "DAL-001", "Harbin": "HRB-001"}
OTHERS = {"Dalian": "Harbin", "Harbin": "Dalian"}
ON_PAPER = {"/deviations.{form}", "/endpoints.{form}", "/endpoints/arms.{form}"} | {
    f"/reports/{report}.{{form}}" for report in ("adverse-events", "exposure", "lots")
}
FORMS = {"calendar": "csv", "worklist": "xlsx", "deviations": "json", "pharmacy": "csv", "audit": "csv"}


def furnish(place: Place) -> None:
    """A patient, events, lists that were printed, links and accounts at each of both sites."""
    study = place.store.study()
    assert study is not None
    for site, number in SITES.items():
        text = (
            study.sites[0]
            .text.replace("site: {en: Shanghai, zh: 上海}", f"site: {site}")
            .replace("Study nurse", f"{site} nurse")
        )
        place.store.add_site(SiteSource(site, f"{site}.yaml", text, study.sites[0].holidays), SETTING_UP)
        place.store.enrol(Enrolment(number, site, study.protocols[0].digest), SETTING_UP)
        nurse, pharmacist = (place.somebody(role, frozenset({site})) for role in ("coordinator", "pharmacist"))
        for event in (
            {"event": "consented", "on": "2026-05-01"},
            {"event": "randomised", "on": "2026-05-04", "arm": "experimental"},
            HELD | {"reason": f"AE 1 at {site}"},
        ):
            assert nurse.records(number, **event).status_code == 303, event
        assert pharmacist.prints("/pharmacy?from=2026-05-21&to=2026-06-18").status_code == 303
        for audience in ("patient", "coordinator"):
            assert nurse.sends("/links", audience=audience, subject=number, site=site).status_code == 200
        made = place.account("monitor", frozenset({site}), f"{site}-monitor")
        place.store.change_account(made, replace(made, name=f"Dr {site} Renamed"), SETTING_UP)
        place.stranger().log_in(f"{site}-monitor", "wrong password")
        place.store.note("account locked", {"account": made.id, "site": site}, SETTING_UP)


def words_in(answer: Response) -> str:
    """All that an answer says, also in a workbook or on paper."""
    kind = answer.headers.get("content-type", "")
    if "spreadsheet" in kind:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            return " ".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    if "pdf" in kind:
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    return answer.text + str(answer.headers)


def path_of(rule: Rule, subject: str) -> str:
    first = rule.path.removeprefix("/api").strip("/").split("/")[-1].partition(".")[0]
    steps = {"subject": subject, "number": "3", "proposal": "none.1", "form": FORMS.get(first, "csv"), "account": "x"}
    steps |= {"kind": "CarePlan", "id": subject}
    return re.sub(r"\{(\w+)\}", lambda found: steps.get(found.group(1), "none"), rule.path)


def asks(person: Person, subject: str) -> list[tuple[str, Response]]:
    """Everything that can be looked at, about that patient where it is about one."""
    paths = [path_of(rule, subject) for rule in TABLE.values() if rule.method == "GET" and rule.roles is not None]
    more = [f"/subjects/{subject}/record?event=held", f"/subjects/{subject}/explain?entry=imaging.1"]
    more += ["/audit.json", "/audit.xlsx", f"/audit?subject={subject}", "/deviations?all=1", "/?all=1"]
    more += ["/api/fhir/Patient", f"/api/fhir/Appointment?patient={subject}"]
    more += [rule.path.format(form="pdf") for rule in TABLE.values() if rule.path in ON_PAPER]
    more += ["/search?q=regorafenib", "/search?q=AE", "/search?q=001"]
    more += ["/agenda?view=week", "/agenda?view=day&on=2026-05-22", "/agenda?site=Harbin", "/agenda?site=Shanghai"]
    return [(path, person.get(path)) for path in (*paths, *more)]


@pytest.fixture(scope="module")
def furnished_database(seed_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(seed_database, tmp_path_factory.mktemp("apart") / "study.db"))
    place = Place(open_store(path), TestTime())
    furnish(place)
    place.store.close()
    return path


@pytest.fixture
def furnished(furnished_database: Path, tmp_path: Path) -> Iterator[Place]:
    made = Place(open_store(Path(shutil.copy(furnished_database, tmp_path / "study.db"))), TestTime())
    yield made
    made.store.close()


@pytest.mark.parametrize("role", [Role.COORDINATOR, *(pytest.param(r, marks=pytest.mark.slow) for r in list(Role)[1:])])
def test_who_works_at_one_site_is_told_nothing_of_another(furnished: Place, role: Role) -> None:
    site, subject = "Dalian", SITES["Dalian"]
    person = furnished.somebody(role, frozenset({site}))
    wrong = re.compile(f"{OTHERS[site]}|{SITES[OTHERS[site]]}|EXP-00[1-5]|CTL-00|Shanghai")
    told: list[tuple[str, Any]] = []
    for path, answer in asks(person, subject):
        assert answer.status_code < 500, path
        said = words_in(answer).replace("Asia/Shanghai", "")
        told += [(path, found.group()) for found in wrong.finditer(said)]
    assert not told, told


@pytest.mark.parametrize("role", [Role.ADMIN, *(pytest.param(r, marks=pytest.mark.slow) for r in list(Role)[:-1])])
def test_patient_of_another_site_is_not_there_whatever_is_asked(furnished: Place, role: Role) -> None:
    person, there = furnished.somebody(role, frozenset({"Harbin"})), SITES["Dalian"]
    for rule in TABLE.values():
        if "{subject}" not in rule.path or not rule.allows(role):
            continue
        path = path_of(rule, there)
        headers = {"x-form-token": person.form_token}
        answer = person.browser.request(rule.method, path, headers=headers, json={} if "/api/" in path else None)
        assert answer.status_code in (404, 422), (rule, answer.status_code)
        assert there not in answer.text.replace(path, "") or answer.status_code == 404, rule


def kinds_seen(place: Place, role: str, *sites: str) -> dict[str, int]:
    """How many records of each kind somebody of these sites finds in the trail."""
    person = place.somebody(role, frozenset(sites) if sites else None)
    kinds = [row["kind"] for row in person.get("/api/audit?limit=1000").json()["records"]]
    return {kind: kinds.count(kind) for kind in sorted(set(kinds))}


def test_trail_has_what_is_about_the_own_sites(furnished: Place) -> None:
    one, both, all_sites = (
        kinds_seen(furnished, "monitor", *sites) for sites in (("Dalian",), ("Dalian", "Harbin"), ())
    )
    of = ("site added", "dispensing list printed", "link made", "held", "subject enrolled")
    assert [one[kind] for kind in of] == [1, 1, 2, 1, 1]
    assert [both[kind] for kind in of] == [2, 2, 4, 2, 2]
    assert [all_sites[kind] for kind in of[:3]] == [3, 2, 4]
    assert one["study made"] == one["protocol added"] == 1
    # of accounts only what befell the own one
    assert one["account made"] == both["account made"] == 1
    assert all_sites["account made"] == 9


def test_list_of_all_sites_is_in_the_trail_of_those_who_see_all(furnished: Place) -> None:
    pharmacist = furnished.somebody("pharmacist")
    assert pharmacist.prints("/pharmacy?from=2026-05-21&to=2026-06-18").status_code == 303
    assert kinds_seen(furnished, "coordinator", "Dalian")["dispensing list printed"] == 1
    assert kinds_seen(furnished, "coordinator")["dispensing list printed"] == 3


def test_list_with_a_patient_who_went_elsewhere_is_no_longer_in_the_trail(furnished: Place) -> None:
    nurse = furnished.somebody("coordinator")
    moved = {"event": "site transferred", "on": "2026-05-21", "site": "Harbin"}
    assert nurse.records(SITES["Dalian"], **moved).status_code == 303
    assert "dispensing list printed" not in kinds_seen(furnished, "coordinator", "Dalian")
    assert kinds_seen(furnished, "coordinator", "Harbin")["dispensing list printed"] == 1
