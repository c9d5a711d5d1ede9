"""``scheduler import-sdtm``: patients of a study from its SDTM datasets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.screen import end, say, say_findings


def import_sdtm(
    datasets: Annotated[Path, typer.Argument(metavar="DATASETS", help="A folder with DM, DS, SV, EX: .json or .xpt.")],
    study: Annotated[
        Path, typer.Argument(metavar="STUDY", help="The study's folder, with its protocol.yaml and site.yaml.")
    ],
) -> None:
    """Write a case file for every subject of a study's SDTM, and a report of what became of every record."""
    from collections import Counter

    from scheduler.folder.exchanging.sdtm_subjects import REPORT, import_sdtm_folder

    written = import_sdtm_folder(datasets, study)
    say_findings(written.findings)
    counts = Counter(row.verdict for row in written.report.rows)
    say(f"{len(written.files)} patients with {written.events} events in {study / 'patients'}")
    told = ", ".join(f"{number} {verdict}" for verdict, number in counts.items())
    say(f"{len(written.report.rows)} records: {told}")
    say(f"next: read {study / f'{REPORT}.txt'}, then scheduler deviations {study}")
    end(written.findings)
