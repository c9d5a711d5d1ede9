"""``scheduler export-sdtm``: a study as SDTM datasets."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.options import StudyArgument, dated
from scheduler.cli.screen import end, say, say_findings, say_warnings
from scheduler.cli.study.worklist import today_at


def export_sdtm(
    study: StudyArgument,
    out: Annotated[Path, typer.Option("--out", help="The folder to write into; it is made where there is none.")],
    on: Annotated[
        date | None, dated("--on", "The last day that is exported; today at the site, when it is left out.")
    ] = None,
) -> None:
    """Write a study as SDTM datasets: Dataset-JSON and SAS transport files, with the list of all variables."""
    from importlib.metadata import version

    from scheduler.clock import Clock
    from scheduler.folder.exchanging.sdtm import write_sdtm
    from scheduler.folder.reading.study import read_study

    folder = read_study(study)
    say_warnings(folder.findings, folder.versions)
    written = write_sdtm(folder, out, on or today_at(folder.site.zone), Clock().now(), version("scheduler"))
    say_findings(written.findings)
    records = sum(len(dataset.rows) for dataset in written.datasets)
    say(f"{len(written.datasets)} datasets with {records} records, {len(written.files)} files in {out}")
    end(written.findings)
