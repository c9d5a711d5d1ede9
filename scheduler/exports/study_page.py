"""The first page of a study: its patients, each with links to its calendar, and the lists over all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from scheduler.exports.markup import Markup, element, together
from scheduler.exports.page import page
from scheduler.exports.words import short_date


@dataclass(frozen=True, slots=True)
class Link:
    """A file beside the page: what it is, and where, as a relative path."""

    words: str
    path: str


@dataclass(frozen=True, slots=True)
class PatientRow:
    """One patient on the study's page. ``page`` is where the calendar is, ``files`` are its other forms."""

    subject: str
    arm: str | None
    first_dose: date | None
    page: str
    note: str = ""
    next_visit: date | None = None
    files: tuple[Link, ...] = ()


def study_as_html(study: str, version: str, title: str, rows: Iterable[PatientRow], lists: Iterable[Link] = ()) -> str:
    """The study's page. Links are relative, so that the folder can be moved, zipped and mailed."""
    patients, others = tuple(rows), tuple(lists)
    return page(
        study,
        element(
            "header",
            element("p", f"Protocol version {version}", class_="study"),
            element("h1", study),
            element("p", title, class_="about") if title else None,
            class_="mast",
        ),
        element("main", _patients(patients), _lists(others)),
        element(
            "footer", "A qualified person checks every list before anybody acts on it. This is not a medical device."
        ),
    )


def _patients(rows: tuple[PatientRow, ...]) -> Markup:
    columns = ("Subject", "Arm", "First dose", "Next visit", "What to see", "Other forms")
    return element(
        "section",
        element("h2", "Patients", element("small", str(len(rows)))),
        element(
            "div",
            element(
                "table",
                element("caption", "Patients of the study"),
                element("thead", element("tr", *(element("th", name, scope="col") for name in columns))),
                element("tbody", *(_patient(row) for row in rows)),
                class_="cases",
            ),
            class_="sheet",
        ),
    )


def _patient(row: PatientRow) -> Markup:
    return element(
        "tr",
        element("th", element("a", row.subject, href=_relative(row.page)), scope="row"),
        element("td", row.arm),
        element("td", _date(row.first_dose), class_="day"),
        element("td", _date(row.next_visit), class_="day"),
        element("td", row.note),
        element("td", *_links(row.files)),
    )


def _lists(lists: tuple[Link, ...]) -> Markup | None:
    if not lists:
        return None
    return element(
        "section",
        element("h2", "Lists"),
        element("ul", *(element("li", link) for link in _links(lists)), class_="files"),
    )


def _links(links: Iterable[Link]) -> list[Markup]:
    return [element("a", link.words, href=_relative(link.path)) for link in links]


def _relative(path: str) -> str:
    """The path as a link that can only lead to a file beside the page: a colon would begin a scheme."""
    return quote(path.lstrip("/"), safe="/#?=&")


def _date(day: date | None) -> Markup:
    return together() if day is None else element("time", short_date(day), datetime=day.isoformat())
