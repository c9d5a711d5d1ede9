"""The arguments and options that several commands have."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


def civil_date(text: str) -> date:
    """A date as YYYY-MM-DD and in no other spelling: 0, 20260302 and 2026-2-3 are refused."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise typer.BadParameter(f"there is no day {text} in the calendar") from None
    from scheduler.source.ambiguous import date_readings, which

    how = which(date_readings(text)) or "it as YYYY-MM-DD, such as 2026-03-02"
    raise typer.BadParameter(f"'{text}' is not a date; write {how}")


class CalendarFormat(StrEnum):
    """How a patient's calendar is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    ICS = "ics"
    HTML = "html"
    SVG = "svg"
    XLSX = "xlsx"
    PDF = "pdf"


class ListFormat(StrEnum):
    """How a list is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    XLSX = "xlsx"
    PDF = "pdf"


class TextFormat(StrEnum):
    """How something is told that is no list."""

    TABLE = "table"
    JSON = "json"


class Readers(StrEnum):
    """For whom a calendar is written."""

    PATIENT = "patient"
    COORDINATOR = "coordinator"
    PHARMACY = "pharmacy"


class Details(StrEnum):
    """How much it tells."""

    NEUTRAL = "neutral"
    STANDARD = "standard"
    FULL = "full"


class Reminders(StrEnum):
    """When a calendar program reminds of a visit."""

    TWO_HOURS = "two hours"
    EVENING = "evening"
    DAY = "day"


class Languages(StrEnum):
    """In which language, of those that have all words."""

    EN = "en"
    ZH = "zh"


class PatientLanguages(StrEnum):
    """In which language, of those that have what patients read."""

    EN = "en"
    ZH = "zh"
    DE = "de"
    FR = "fr"
    ES = "es"
    JA = "ja"


def dated(metavar: str, text: str) -> typer.models.OptionInfo:
    """An option that is a date."""
    option: typer.models.OptionInfo = typer.Option(metavar, parser=civil_date, metavar="DATE", help=text)
    return option


CaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="A patient's case file; in a study with a database also STUDY#SUBJECT.")
]
StudyArgument = Annotated[
    str,
    typer.Argument(
        metavar="STUDY",
        help="A study's folder (protocol*.yaml, site.yaml, patients/), or the address of its database.",
    ),
]
ProtocolArgument = Annotated[Path, typer.Argument(metavar="PROTOCOL", help="A protocol's file.")]
Until = Annotated[date | None, dated("--until", "The last day of the calendar.")]
On = Annotated[date | None, dated("--on", "The day to mark as today; without it, no day is marked.")]
CalendarFormatOption = Annotated[CalendarFormat, typer.Option("--format", "-f", help="How to write it.")]
ListFormatOption = Annotated[ListFormat, typer.Option("--format", "-f", help="How to write it.")]
TextFormatOption = Annotated[TextFormat, typer.Option("--format", "-f", help="How to write it.")]
Detail = Annotated[Details, typer.Option("--detail", help="How much a feed (ics) tells.")]
Language = Annotated[
    PatientLanguages | None,
    typer.Option(
        "--language",
        help="In which language; else as LANG says, and a feed (ics) in English. JSON, CSV and workbooks are in English.",
    ),
]
