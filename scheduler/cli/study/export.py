"""``scheduler export``: a study's calendars, lists and feeds as files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.database.signing import SignOption, sign_export
from scheduler.cli.options import Details, PatientLanguages, Readers, StudyArgument, dated
from scheduler.cli.progress import step_by_step
from scheduler.cli.reader import reader_of, worded
from scheduler.cli.screen import say, say_warnings
from scheduler.cli.study.worklist import today_at
from scheduler.said import Code, counted


def export(
    study: StudyArgument,
    out: Annotated[Path, typer.Option("--out", help="The folder to write into; it is made where there is none.")],
    audience: Annotated[
        Readers | None, typer.Option("--audience", help="For whom; without it, for everybody who reads.")
    ] = None,
    detail: Annotated[
        Details | None,
        typer.Option(
            "--detail", help="How much the feeds tell; without it, neutral to patients and standard to the site."
        ),
    ] = None,
    language: Annotated[
        PatientLanguages | None,
        typer.Option(
            "--language",
            help="The language of feeds, and of pages where it has all words. Without it, feeds are English, pages as LANG says.",
        ),
    ] = None,
    sign: SignOption = None,
    on: Annotated[date | None, dated("--on", "The day of writing; today at the site, when it is left out.")] = None,
) -> None:
    """Write every patient's calendar, the lists and the feeds into a folder."""
    from scheduler.folder.feeds import feed_key
    from scheduler.folder.printing.publishing import EVERYBODY, Order, publish
    from scheduler.folder.reading.study import read_study
    from scheduler.languages import Language
    from scheduler.views.reader.audience import Audience, Detail

    folder, reader = read_study(study), reader_of(language)
    say_warnings(folder.findings, folder.versions, reader)
    order = Order(
        as_of=on or today_at(folder.site.zone),
        audiences=EVERYBODY if audience is None else {Audience(audience.value)},
        languages=(Language(language or PatientLanguages.EN),),
        of_pages=reader,
        detail=None if detail is None else Detail(detail.value),
    )
    out.mkdir(parents=True, exist_ok=True)
    with step_by_step("Writing") as written:
        done = publish(folder, folder.feed_key or feed_key(Path(study)), out, order, written)
    sign_export(out, sign)
    patients = counted("{n} patient", "{n} patients", len(folder.cases))
    told = counted(
        "{n} file for {patients} in {folder}",
        "{n} files for {patients} in {folder}",
        len(done),
        patients=patients,
        folder=Code(f"{out}"),
    )
    say(worded(told, reader))
