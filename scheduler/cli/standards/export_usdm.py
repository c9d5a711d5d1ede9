"""``scheduler export-usdm``: a protocol as a USDM file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.options import ProtocolArgument
from scheduler.cli.screen import say


def export_usdm(
    protocol: ProtocolArgument,
    out: Annotated[
        Path, typer.Option("--out", help="The file to write; the list of what is carried stands beside it.")
    ],
) -> None:
    """Write a protocol as USDM 4.0, with a list of what USDM has no place for."""
    from collections import Counter
    from importlib.metadata import version

    from scheduler.folder.exchanging.usdm import export_usdm_file

    found = export_usdm_file(protocol, out, version("scheduler"))
    counts = Counter(row.part for row in found.carried)
    say(f"{out} is written. USDM has no place for: " + ", ".join(f"{number} {part}" for part, number in counts.items()))
    say(f"next: read {out.with_suffix('.carried.csv')}, which says where each of them is")
