"""``scheduler diary``: the patient's paper."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from scheduler.cli.options import CaseArgument, Details, PatientLanguages, dated
from scheduler.cli.reader import reader_of
from scheduler.cli.screen import refuse_terminal, say_findings, say_warnings, write_bytes
from scheduler.cli.since import Since, since_at


def diary(
    case: CaseArgument,
    first: Annotated[date, dated("--from", "The first day of the diary.")],
    last: Annotated[date, dated("--to", "The last day of the diary.")],
    detail: Annotated[
        Details, typer.Option("--detail", help="How much it tells: neutral names no drug, trial or disease.")
    ] = Details.NEUTRAL,
    language: Annotated[
        PatientLanguages, typer.Option("--language", help="The language of the diary.")
    ] = PatientLanguages.EN,
    since: Since = None,
) -> None:
    """Print the patient's diary and visit card as PDF: days, tablets with boxes to tick, what to bring, whom to call."""
    from scheduler.folder.printing.printed import printed_diary
    from scheduler.folder.reading.case import read_case

    refuse_terminal("a PDF")
    # Whoever prints it reads their own language, whatever the patient's is.
    patient, reader = read_case(case), reader_of(None)
    say_warnings(patient.findings, [patient.version], reader)
    say_findings(patient.calendar(last).findings, language=reader)
    try:
        data = printed_diary(patient, first, last, detail.value, language.value, since_at(since, patient.site.zone))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--to") from None
    write_bytes(data)
