"""``scheduler export-fhir``: a study as FHIR R5 bundles."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.options import StudyArgument, dated
from scheduler.cli.screen import end, say, say_findings, say_warnings
from scheduler.cli.study.worklist import today_at


def export_fhir(
    study: StudyArgument,
    out: Annotated[Path, typer.Option("--out", help="The folder to write into; it is made where there is none.")],
    on: Annotated[date | None, dated("--on", "The day as of which it is told; today at the site, without it.")] = None,
    base: Annotated[str | None, typer.Option("--base", help="The address of the FHIR server that it is for.")] = None,
) -> None:
    """Write the protocol and every patient as FHIR R5 bundles: plans, appointments, requests for doses and visits."""
    from scheduler.folder.exchanging.fhir import ANYWHERE, write_fhir
    from scheduler.folder.reading.study import read_study

    folder = read_study(study)
    say_warnings(folder.findings, folder.versions)
    written = write_fhir(folder, out, on or today_at(folder.site.zone), base or ANYWHERE)
    say_findings(written.findings)
    say(f"{written.resources} resources, {len(written.files)} files in {out}")
    end(written.findings)
