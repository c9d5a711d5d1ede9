"""``scheduler export-odm``: a protocol's visits and timings as ODM 2.0."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.options import ProtocolArgument
from scheduler.cli.screen import say


def export_odm(
    protocol: ProtocolArgument,
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
) -> None:
    """Write a protocol's arms, epochs, planned visits and their timings as ODM 2.0, for those who build the data capture."""
    from importlib.metadata import version

    from scheduler.clock import Clock
    from scheduler.folder.exchanging.odm import export_odm_file

    number = export_odm_file(protocol, out, Clock().now(), version("scheduler"))
    say(f"{out} is written, with {number} planned visits and dates")
