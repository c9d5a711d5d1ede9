"""``scheduler dispensing``: the pharmacy's list."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.lists import write_tables
from scheduler.cli.options import ListFormat, ListFormatOption, StudyArgument, dated
from scheduler.cli.reader import LanguageOfWords, reader_of
from scheduler.cli.screen import say_warnings
from scheduler.cli.since import Since, since_at
from scheduler.languages import Language

if TYPE_CHECKING:
    from scheduler.folder.reading.contents import StudyFolder
    from scheduler.views.pharmacy.dispensing_line import DispensingList


def dispensing(
    study: StudyArgument,
    first: Annotated[date, dated("--from", "The first day of the list.")],
    last: Annotated[date, dated("--to", "The last day of the list.")],
    on: Annotated[
        date | None, dated("--on", "The day that it is looked at: orders up to it have come. The first day without it.")
    ] = None,
    since: Since = None,
    format_: ListFormatOption = ListFormat.TABLE,
    language: LanguageOfWords = None,
) -> None:
    """List what the pharmacy hands out, prepares, counts and collects: who, what, how many, when."""
    from scheduler.folder.printing.earlier_prints import listed_since
    from scheduler.folder.reading.study import read_study

    if last < first:
        raise typer.BadParameter(f"the last day, {last}, is before the first, {first}", param_hint="--to")
    folder, reader = read_study(study), reader_of(language)
    say_warnings(folder.findings, folder.versions, reader)
    moment = since_at(since, folder.site.zone)
    listed = listed_since(folder, first, last, moment, on)
    write_tables(
        *listed.tables(),
        plain=listed.table(),
        format_=format_,
        language=reader,
        pdf=lambda: _sheet(folder, listed, reader, moment),
    )


def _sheet(study: StudyFolder, listed: DispensingList, language: Language, since: datetime | None) -> bytes:
    from scheduler.folder.printing.printed import printed_dispensing

    return printed_dispensing(study, listed, language, since)
