"""``scheduler agenda``: who comes to a site on which day, and what does not fit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

import typer

from scheduler.cli.lists import write_tables
from scheduler.cli.options import ListFormat, ListFormatOption, StudyArgument, dated
from scheduler.cli.reader import LanguageOfWords, names_for, reader_of
from scheduler.cli.screen import say_warnings

DAYS_MORE = 6
"""What is told beside the first day: a week in all."""


def agenda(
    study: StudyArgument,
    first: Annotated[date | None, dated("--from", "The first day; today at the site, when it is left out.")] = None,
    last: Annotated[date | None, dated("--to", "The last day; six days after the first, when it is left out.")] = None,
    site: Annotated[
        str | None, typer.Option("--site", metavar="NAME", help="The site; the study's first, when it is left out.")
    ] = None,
    resource: Annotated[
        str | None, typer.Option("--resource", metavar="NAME", help="Only what needs this, such as infusion or clinic.")
    ] = None,
    arm: Annotated[str | None, typer.Option("--arm", metavar="NAME", help="Only the patients of this arm.")] = None,
    format_: ListFormatOption = ListFormat.TABLE,
    language: LanguageOfWords = None,
) -> None:
    """List who comes to a site on which day, how full each resource is, and what does not fit."""
    import json

    from scheduler.clock import Clock
    from scheduler.folder.printing.imprints import imprint_of_study
    from scheduler.folder.reading.study import read_study
    from scheduler.views.whole_site.agenda import LONGEST, Wanted, by_day, site_agenda
    from scheduler.views.whole_site.appointment import appointments_of

    folder, reader = read_study(study), reader_of(language)
    say_warnings(folder.findings, folder.versions, reader)
    known = {each.name: each for each in (folder.site, *(case.site for case in folder.cases if not case.site.moved_on))}
    name = site or folder.site.name
    if name not in known:
        raise typer.BadParameter(
            f"there is no site {name}; known here: {', '.join(sorted(known))}", param_hint="--site"
        )
    today = Clock().today(known[name].zone)
    begin = first or today
    end = last or date.fromordinal(min(begin.toordinal() + DAYS_MORE, date.max.toordinal()))
    if not timedelta(0) <= end - begin < timedelta(LONGEST):
        raise typer.BadParameter(f"from {begin} to {end} are not 1 to {LONGEST} days", param_hint="--to")
    lines = [
        by_day(appointments_of(patient.calendar, case.site))
        for case, patient in zip(folder.cases, folder.patients(), strict=True)
        if case.site.name == name
    ]
    told = site_agenda(folder.version.study, known[name], lines, begin, end, min(begin, today), Wanted(resource, arm))
    tables = (told.on_paper(), told.misfits()) if told.clashes else (told.on_paper(),)
    write_tables(
        *(told.tables() if format_ is ListFormat.XLSX else tables),
        plain=told.table(),
        imprint=imprint_of_study(folder),
        format_=format_,
        language=reader,
        names=names_for(folder.versions, known.values()),
        json=lambda: json.dumps(told.as_keys(), ensure_ascii=False, indent=1) + "\n",
    )
