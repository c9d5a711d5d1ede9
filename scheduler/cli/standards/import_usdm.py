"""``scheduler import-usdm``: a protocol from a sponsor's USDM file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.screen import end, say, say_findings


def import_usdm(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="USDM 3.x or 4.0, in JSON.")],
    out: Annotated[Path, typer.Option("--out", help="The folder to write, new or empty.")],
) -> None:
    """Write a protocol from a USDM file, and a report of what became of every part of it."""
    from collections import Counter

    from scheduler.folder.exchanging.usdm import import_usdm_file

    imported = import_usdm_file(file, out)
    say_findings(imported.findings)
    counts = Counter(row.verdict for row in imported.report.rows)
    say(f"{len(imported.report.rows)} parts: " + ", ".join(f"{number} {verdict}" for verdict, number in counts.items()))
    say(f"next: read {out / 'report.txt'}, and the questions at the end of {out / 'protocol.yaml'}")
    end(imported.findings)
