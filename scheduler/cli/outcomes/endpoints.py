"""``scheduler endpoints``: each patient's end points with their reasons, and the totals of each arm."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import ListFormat, StudyArgument, dated
from scheduler.cli.reader import LanguageOfWords, names_for, reader_of, worded
from scheduler.cli.screen import say_findings, say_warnings, write
from scheduler.said import text_of

if TYPE_CHECKING:
    from scheduler.endpoints.arms.by_arm import MakeCurve
    from scheduler.endpoints.of_study import Outcome, StudyEndPoints
    from scheduler.endpoints.tables import Tell
    from scheduler.folder.reading.contents import StudyFolder
    from scheduler.languages import Language
    from scheduler.patient.cut_log import CutOff
    from scheduler.views.table import Table


class Lists(StrEnum):
    """Which of the lists."""

    PATIENTS = "patients"
    RESPONSES = "responses"
    RATES = "rates"
    SURVIVAL = "survival"
    OVER_TIME = "over-time"
    STEPS = "steps"
    ADVERSE_EVENTS = "adverse-events"
    INTENSITY = "intensity"
    RULES = "rules"


class Form(StrEnum):
    """How the end points are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    XLSX = "xlsx"
    PDF = "pdf"
    SVG = "svg"


class Pictured(StrEnum):
    """Which end point is drawn."""

    OVERALL_SURVIVAL = "overall-survival"
    PROGRESSION_FREE = "progression-free"
    PROGRESSION_FREE_RECIST = "progression-free-recist"
    PROGRESSION_FREE_IRECIST = "progression-free-irecist"
    RESPONSE_RECIST = "response-recist"
    RESPONSE_IRECIST = "response-irecist"


_OF_SURVIVAL = (None, Lists.SURVIVAL, Lists.OVER_TIME, Lists.STEPS)
"""For which survival is estimated: what estimates it takes seconds to load."""


def endpoints(
    study: StudyArgument,
    list_: Annotated[
        Lists | None,
        typer.Option("--list", help="One list alone. A CSV is one list: that of patients, unless you say."),
    ] = None,
    format_: Annotated[
        Form, typer.Option("--format", "-f", help="How to write it; svg is a picture of one end point over time.")
    ] = Form.TABLE,
    of: Annotated[Pictured, typer.Option("--of", help="The end point of a picture.")] = Pictured.OVERALL_SURVIVAL,
    until: Annotated[
        date | None, dated("--until", "The data cut-off: what happened after that day does not count.")
    ] = None,
    as_recorded: Annotated[
        date | None, dated("--as-recorded", "The snapshot: what was recorded after that day does not count (UTC).")
    ] = None,
    language: LanguageOfWords = None,
) -> None:
    """Tell what came out: response, progression, survival and worst adverse events of each patient, and of each arm."""
    import json

    from scheduler.cli.lists import write_tables
    from scheduler.endpoints.of_study import end_points_of_study
    from scheduler.endpoints.shapes.study import tell_end_points
    from scheduler.folder.printing.imprints import imprint_of_study
    from scheduler.folder.reading.study import read_study
    from scheduler.patient.cut_log import CutOff

    folder, reader = read_study(study), reader_of(language)
    say_warnings(folder.findings, folder.versions, reader)
    if format_ is Form.CSV:
        list_ = list_ or Lists.PATIENTS
    curve = _curve() if list_ in _OF_SURVIVAL or format_ in (Form.JSON, Form.SVG) else None
    cut_off = CutOff(until, as_recorded)
    found = end_points_of_study(folder.version, _outcomes(folder, cut_off), curve, cut_off)
    if format_ is Form.SVG:
        write(_picture(found, of, reader))
        return
    # Reasons in a file for programs are in another language only where that was asked for, whatever LANG says.
    in_file = format_ in (Form.CSV, Form.XLSX) and language is not None
    tables = _tables(found, partial(worded, language=reader) if in_file else text_of)
    every = [table for name, table in tables.items() if name is not Lists.STEPS or format_ is Form.XLSX]
    write_tables(
        *([tables[list_]] if list_ is not None else every),
        imprint=imprint_of_study(folder),
        format_=ListFormat(format_.value),
        language=reader,
        names=names_for(folder.versions, [folder.site]),
        json=lambda: json.dumps(tell_end_points(found).as_keys(), ensure_ascii=False, indent=1) + "\n",
    )


def _curve() -> MakeCurve | None:
    """What estimates survival; where it is not installed, what to install is said."""
    from scheduler.endpoints.arms.kaplan_meier import missing_extra, survival_curve

    missing = missing_extra()
    if missing is None:
        return survival_curve
    say_findings([missing])
    return None


def _outcomes(folder: StudyFolder, cut_off: CutOff) -> list[Outcome | None]:
    from scheduler.endpoints.of_study import outcome_of

    return [
        outcome_of(case.version, case.site, case.log, patient, cut_off)
        for case, patient in zip(folder.cases, folder.patients(), strict=True)
    ]


def _tables(found: StudyEndPoints, tell: Tell) -> dict[Lists, Table]:
    from scheduler.endpoints import tables

    return {
        Lists.PATIENTS: tables.table_of_patients(found, tell),
        Lists.RESPONSES: tables.table_of_responses(found),
        Lists.RATES: tables.table_of_rates(found),
        Lists.SURVIVAL: tables.table_of_survival(found),
        Lists.OVER_TIME: tables.table_over_time(found),
        Lists.STEPS: tables.table_of_steps(found),
        Lists.ADVERSE_EVENTS: tables.table_of_adverse_events(found),
        Lists.INTENSITY: tables.table_of_intensity(found),
        Lists.RULES: tables.table_of_rules(found, tell),
    }


def _picture(found: StudyEndPoints, of: Pictured, reader: Language) -> str:
    from scheduler.endpoints.arms.by_arm import TIMES
    from scheduler.endpoints.titles import title_of
    from scheduler.exports.picture.survival_curves import survival_as_svg

    end_point, criteria = dict(zip(Pictured, TIMES, strict=True))[of]
    return survival_as_svg(title_of(end_point, criteria), found.curves(end_point, criteria), reader)
