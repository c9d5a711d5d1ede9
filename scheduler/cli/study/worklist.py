"""``scheduler worklist``: what a coordinator has to look at on a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from scheduler.cli.lists import write_tables
from scheduler.cli.options import ListFormat, ListFormatOption, StudyArgument, dated
from scheduler.cli.reader import LanguageOfWords, reader_of
from scheduler.cli.screen import say_warnings


def worklist(
    study: StudyArgument,
    on: Annotated[date | None, dated("--on", "The day; today at the site, when it is left out.")] = None,
    format_: ListFormatOption = ListFormat.TABLE,
    language: LanguageOfWords = None,
) -> None:
    """List what is due, which windows close, what is overdue and what waits for a decision."""
    import json

    from scheduler.folder.printing.imprints import imprint_of_study
    from scheduler.folder.reading.study import read_study
    from scheduler.views.coordinator.worklist import worklist as worklist_of

    folder, reader = read_study(study), reader_of(language)
    say_warnings(folder.findings, folder.versions, reader)
    work = worklist_of(folder.patients(), on or today_at(folder.site.zone))
    write_tables(
        work.table(),
        imprint=imprint_of_study(folder),
        format_=format_,
        language=reader,
        json=lambda: json.dumps(work.as_keys(), ensure_ascii=False, indent=1) + "\n",
    )


def today_at(zone: str) -> date:
    """Today's civil date there."""
    from scheduler.clock import Clock

    return Clock().today(zone)
