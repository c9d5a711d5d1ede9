"""When the last list or diary was printed, as people type it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="DATE[ TIME]",
        help="When the last one was printed, at the site ('2026-05-18' or '2026-05-18 14:30'): what was recorded from then on"
        " and changes something is marked.",
    ),
]


def since_at(text: str | None, zone: str) -> datetime | None:
    """The moment that was typed. Ends with the exit code 2 for any other spelling."""
    from scheduler.folder.printing.earlier_prints import moment_at

    if text is None:
        return None
    try:
        return moment_at(text, zone)
    except ValueError:
        raise typer.BadParameter(
            f"'{text}' is not a time; write 2026-05-18 for the start of that day, or '2026-05-18 14:30'",
            param_hint="--since",
        ) from None
