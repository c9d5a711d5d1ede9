"""``scheduler plan``: the calendar of a patient who does not exist yet; with ``--bundle``, the fewest trips."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.options import (
    CalendarFormat,
    CalendarFormatOption,
    Details,
    PatientLanguages,
    Until,
    dated,
)
from scheduler.cli.reader import LanguageOfWords, reader_of
from scheduler.cli.screen import end, say_warnings
from scheduler.findings import did_you_mean


def plan(
    protocol: Annotated[
        str,
        typer.Argument(
            metavar="PROTOCOL",
            help="A protocol's file; with --bundle also a case file, or a study's folder or database.",
        ),
    ],
    first_dose: Annotated[
        date | None, dated("--first-dose", "The day of the first dose; needed where the arm gets a treatment.")
    ] = None,
    arm: Annotated[str | None, typer.Option("--arm", help="Which arm; needed where the study has several.")] = None,
    randomised: Annotated[
        date | None, dated("--randomised", "The day of randomisation; without it, what hangs on it is pending.")
    ] = None,
    site: Annotated[Path | None, typer.Option("--site", help="A site's file; without it, every day is open.")] = None,
    until: Until = None,
    format_: CalendarFormatOption = CalendarFormat.TABLE,
    bundle: Annotated[
        bool,
        typer.Option(
            "--bundle",
            help="Propose dates inside the windows so that patients come as seldom as possible. Nothing is recorded.",
        ),
    ] = False,
    on: Annotated[
        date | None, dated("--on", "With --bundle: only what comes after this day moves; without it, today.")
    ] = None,
    capacity: Annotated[
        list[str] | None,
        typer.Option(
            "--capacity",
            metavar="RESOURCE=N",
            help="With --bundle: room for so many patients a day, such as infusion=4.",
        ),
    ] = None,
    subject: Annotated[
        list[str] | None,
        typer.Option(
            "--subject", help="With --bundle and a study: only this patient moves; may be given several times."
        ),
    ] = None,
    seconds: Annotated[
        float,
        typer.Option("--seconds", min=0.1, max=600, help="With --bundle: how long the searches may take, in all."),
    ] = 10.0,
    language: LanguageOfWords = None,
) -> None:
    """Plan a calendar: the protocol's dates for one arm and first dose, before there is a patient."""
    from scheduler.cli.bundled import Asked, bundle_patients, bundle_plan, is_protocol
    from scheduler.cli.calendars import Shown, write_calendar
    from scheduler.folder.trying.planning import read_plan

    asked = Asked(on, until, capacity or [], seconds, subject or [], reader_of(language))
    if bundle and not is_protocol(protocol):
        if first_dose is not None or randomised is not None or arm is not None or site is not None:
            raise typer.BadParameter("a patient has an arm, a site and a first dose already", param_hint="--bundle")
        bundle_patients(protocol, asked, format_)
        return
    if not bundle and (on is not None or capacity or subject):
        raise typer.BadParameter("this is asked of the fewest trips alone: add --bundle", param_hint="--bundle")
    planned = read_plan(Path(protocol), site)
    chosen = one_arm(planned.version.arms, arm)
    say_warnings(planned.findings, [planned.version], asked.reader)
    if first_dose is None and planned.version.arms[chosen].treatments():
        raise typer.BadParameter(
            "a plan of an arm with treatment begins with its first dose", param_hint="--first-dose"
        )
    if first_dose is None and randomised is None:
        raise typer.BadParameter("a plan of an arm without treatment begins here", param_hint="--randomised")
    patient = planned.patient(chosen, first_dose, randomised)
    if bundle:
        bundle_plan(patient, asked, format_)
        return
    calendar = patient.calendar(until)
    write_calendar(Shown(patient, calendar, None, Details.NEUTRAL, PatientLanguages.EN, asked.reader), format_)
    end(calendar.findings)


def one_arm(arms: Collection[str], wanted: str | None) -> str:
    """The arm that was asked for; the only one, where there is one. Ends with the exit code 2 for any other."""
    if wanted is None and len(arms) > 1:
        raise typer.BadParameter(f"this study has several arms: {', '.join(arms)}", param_hint="--arm")
    if wanted is not None and wanted not in arms:
        hint = did_you_mean(wanted, arms)
        raise typer.BadParameter(f"there is no arm '{wanted}'{f'; {hint}' if hint else ''}", param_hint="--arm")
    return wanted or next(iter(arms))
