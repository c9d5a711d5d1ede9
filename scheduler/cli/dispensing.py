"""``scheduler dispensing``: the pharmacy's list."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from scheduler.cli.lists import write_tables
from scheduler.cli.options import ListFormat, ListFormatOption, StudyArgument, dated
from scheduler.cli.screen import say_warnings


def dispensing(
    study: StudyArgument,
    first: Annotated[date, dated("--from", "The first day of the list.")],
    last: Annotated[date, dated("--to", "The last day of the list.")],
    format_: ListFormatOption = ListFormat.TABLE,
) -> None:
    """List what the pharmacy hands out, prepares, counts and collects: who, what, how many, when."""
    from scheduler.folder.study import read_study
    from scheduler.views.dispensing import dispensing_list

    if last < first:
        raise typer.BadParameter(f"the last day, {last}, is before the first, {first}", param_hint="--to")
    folder = read_study(study)
    say_warnings(folder.findings, folder.versions)
    listed = dispensing_list(folder.patients(), first, last)
    write_tables(*listed.tables(), plain=listed.table(), format_=format_)
