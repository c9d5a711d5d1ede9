"""Reports as pages: what the command line tells of all patients, the browser tells too, narrowed and as files."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest

from scheduler.exports.pages.enrolment import enrolment_picture
from scheduler.languages import Language
from scheduler.store.study import Study, study_of
from scheduler.web.forecasts import Forecasts
from scheduler.web.guards.roles import Role
from tests.cli.typed import SEED, typed
from tests.web.people import Person, Place, words_of

PAGES = ("/reports/adverse-events", "/reports/exposure", "/reports/lots")


def rows(person: Person, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(person.get(path).content.decode("utf-8-sig"))))


def subjects_in(text: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/subjects/([^"]+)"', text)


def test_menu_leads_to_all_reports(place: Place) -> None:
    person = place.somebody(Role.MONITOR)
    links = re.findall(r'<a href="([^"]+)"><b>', person.get("/reports").text)
    assert links == ["/study", "/deviations", *PAGES, "/reports/sdtm.zip"]
    for each in links[1:-1]:
        assert person.get(each).status_code == 200
        assert person.get(f"{each}.xlsx").content[:2] == b"PK"


def test_pages_have_names_where_lists_for_programs_have_ids(place: Place) -> None:
    person = place.somebody()
    # One day of tablets was not taken: the 21st of the first cycle.
    assert '<b title="regorafenib.1.21">Regorafenib, cycle 1, day 21</b>' in person.get("/deviations").text
    assert [row["entry"] for row in rows(person, "/deviations.csv")] == ["regorafenib.1.21"]
    booked = {"event": "booked", "on": "2026-05-21", "entry": "imaging.3", "to": "2027-06-22"}
    asked = person.sends("/subjects/EXP-003/preview", **booked)
    assert "Tumour imaging 3 is booked for 2027-06-22, more than a year after 2026-05-21" in words_of(asked)


def test_adverse_events_are_those_of_the_command_line(place: Place) -> None:
    person = place.somebody(Role.MONITOR)
    told = typed("adverse-events", SEED, "--format", "csv").out
    assert person.get("/reports/adverse-events.csv").content.decode("utf-8-sig").splitlines() == told.splitlines()
    page = person.get("/reports/adverse-events").text
    assert len(subjects_in(page)) == len(told.splitlines()) - 1


def test_adverse_events_are_narrowed_by_grade_and_period(place: Place) -> None:
    person = place.somebody(Role.MONITOR)
    everything = rows(person, "/reports/adverse-events.csv")
    grave = rows(person, "/reports/adverse-events.csv?grade=3")
    assert grave == [row for row in everything if int(row["worst in period"] or row["worst grade"]) >= 3]
    assert 0 < len(grave) < len(everything)
    outside = rows(person, "/reports/adverse-events.csv?period=outside")
    assert outside == [row for row in everything if row["period"] == "outside"]
    assert person.get("/reports/adverse-events?grade=x&period=nowhere").status_code == 200


def test_exposure_of_a_patient_is_that_of_the_command_line(place: Place) -> None:
    person = place.somebody(Role.MONITOR)
    case = SEED / "patients" / "CTL-002.yaml"
    told = list(csv.DictReader(io.StringIO(typed("exposure", case, "--until", "2026-05-21", "--format", "csv").out)))
    mine = rows(person, "/reports/exposure.csv?subject=CTL-002")
    assert [{name: value for name, value in row.items() if name not in ("subject", "arm")} for row in mine] == told
    text = person.reads("/reports/exposure?subject=CTL-002")
    overall = next(row for row in told if row["number"] == "overall")
    assert f"{overall['delivered']} mg" in text
    assert f"{overall['RDI %']} %" in text


def test_lots_are_narrowed_by_lot_and_arm(place: Place) -> None:
    person = place.somebody(Role.PHARMACIST)
    everything = rows(person, "/reports/lots.csv")
    assert rows(person, "/reports/lots.csv?lot=r2602") == [row for row in everything if row["lot"] == "R2602C"]
    assert rows(person, "/reports/lots.csv?arm=nowhere") == []
    # CTL-002 had 84 + 84 of it in March and April.
    (line,) = rows(person, "/reports/lots.csv?subject=CTL-002&lot=R2511A")
    assert (line["dispensed"], line["patients"]) == ("168", "1")
    assert "R2511A Regorafenib" in person.reads("/reports/lots")


def test_each_figure_of_the_study_leads_to_as_many_patients(place: Place) -> None:
    person = place.somebody(Role.COORDINATOR)
    page = person.get("/study").text
    figures = re.findall(r'<a href="(/subjects\?[^"]+)">(\d+)</a>', page)
    assert figures
    for link, number in figures:
        assert len(subjects_in(person.get(link.replace("&amp;", "&")).text)) == int(number), link


@pytest.mark.slow
def test_every_report_is_on_paper_too(place: Place) -> None:
    person = place.somebody(Role.MONITOR)
    for path in ("/deviations", "/reports/adverse-events", "/reports/exposure", "/reports/lots", "/endpoints"):
        assert f'href="{path}.pdf' in person.get(path).text, path
        sheet = person.get(f"{path}.pdf?subject=CTL-002")
        assert (sheet.status_code, sheet.content[:5]) == (200, b"%PDF-"), path
    assert person.get("/reports/lots.html").status_code in (404, 422)


def test_study_in_figures_has_what_waits_and_enrolment_beside_its_plan(place: Place) -> None:
    page = place.somebody(Role.MONITOR).get("/study")
    assert "experimental: 4 of 54 randomised" in page.text
    assert 'href="/deviations?kind=missed"' in page.text
    text = words_of(page)
    assert "1 visit without a record" in text
    assert "Levels at which cycles began: Regorafenib" in text
    assert text.index("planned 54 54 108") < text.index("January 2026 0 1 1")


def test_the_protocol_says_how_many_are_planned_and_else_the_file_of_rates(place: Place) -> None:
    class Patients:
        def study(self) -> Study:
            return study

    source, said = place.store.study(), {"control": 54, "experimental": 54}
    assert source is not None
    study = study_of(source)
    assert Forecasts(cast(Any, Patients()), None).planned() == said
    study = replace(study, versions=tuple(replace(each, enrolment={}) for each in study.versions))
    assert Forecasts(cast(Any, Patients()), None).planned() == {}
    assert Forecasts(cast(Any, Patients()), str(SEED / "rates.yaml")).planned() == said


def test_enrolment_is_drawn_from_its_numbers() -> None:
    months = [date(2026, month, 1) for month in range(1, 13)]
    drawn = str(enrolment_picture(months, [("A", list(range(12)), 20), ("B", [0] * 12, None)], Language.CHINESE))
    assert "A：已随机 11／20" in drawn
    assert "B：已随机 0" in drawn
    assert str(enrolment_picture([], [("A", [], None)])).startswith("<svg")
