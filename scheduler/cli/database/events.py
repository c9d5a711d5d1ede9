"""``scheduler import-events`` and ``events-template``: patients and events from a list, each row tried first, all or nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import ListFormat, ListFormatOption, StudyArgument
from scheduler.cli.reader import LanguageOfWords, reader_of, worded
from scheduler.cli.screen import say, write, write_bytes
from scheduler.languages import Language
from scheduler.said import SEMICOLONS, Code, Quoted, Said, Value, counted, listed, said, said_as

if TYPE_CHECKING:
    from scheduler.folder.rows.trying import Entrance, Remark, Trial
    from scheduler.store.interface import Store
    from scheduler.store.study import Study
    from scheduler.store.values import Act

_COLOURS = {"refused": typer.colors.RED, "asked": typer.colors.YELLOW, "accepted": typer.colors.CYAN}
_WORDS = {
    "refused": said_as("severity", "error"),
    "asked": said_as("strength", "asked"),
    "accepted": said_as("severity", "note"),
}


def import_events(
    study: StudyArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A list as CSV in UTF-8 or as a workbook (.xlsx).")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would become of each row.")] = False,
    format_: ListFormatOption = ListFormat.TABLE,
    language: LanguageOfWords = None,
) -> None:
    """Record the patients and events of a list, all rows or none. Each row is asked about as 'record' does.

    Where an asked row is right, it says why in its column 'confirmed' (a fact) or 'override' (an order). The file's SHA-256 and
    who imported it are kept. 'scheduler events-template' writes an empty list to fill in.
    """
    from scheduler.cli.acting import act_now
    from scheduler.cli.lists import write_tables
    from scheduler.folder.reading.kept import database_of
    from scheduler.folder.reading.stored import opened, study_in
    from scheduler.folder.rows.grid import read_grid
    from scheduler.folder.rows.taking import record_trial, refuse_again
    from scheduler.folder.rows.telling import table_of_trial
    from scheduler.folder.rows.trying import try_rows

    act, database, reader = act_now(), database_of(study), reader_of(language)
    grid = read_grid(file.read_bytes(), name=str(file))
    if database is None:
        if not dry_run:
            message = f"{study} has no database; 'scheduler import-study' makes one, and --dry-run works without"
            raise typer.BadParameter(message, param_hint="STUDY")
        trial = try_rows(grid, _of_folder(study, act))
    else:
        with opened(database) as store:
            refuse_again(store, grid)
            kept = study_in(store, database)
            trial = try_rows(grid, _of_store(store, kept, act))
            if trial.accepts and not dry_run:
                record_trial(store, kept, trial, act)
    _say(trial, reader)
    write_tables(table_of_trial(trial, why=format_ is not ListFormat.TABLE), format_=format_, language=reader)
    if not trial.accepts:
        say(worded(said("Nothing is recorded. Put the rows right, and give the whole list again."), reader))
        raise typer.Exit(1)
    say(worded(said("Every row can be recorded. Nothing is recorded yet.") if dry_run else _done(trial), reader))


def events_template(
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help="A kind of event, such as measured; enrolled for new patients.")
    ],
    format_: ListFormatOption = ListFormat.CSV,
) -> None:
    """Write an empty list for a kind of event, as csv or xlsx, to be filled in and imported."""
    from scheduler.exports.tables.csv import table_as_csv
    from scheduler.exports.tables.xlsx import tables_as_xlsx
    from scheduler.findings import did_you_mean
    from scheduler.folder.rows.records import ENROLLED
    from scheduler.folder.rows.templates import template_of
    from scheduler.patient.events import FACTS

    tables = template_of(kind)
    if tables is None:
        hint = did_you_mean(kind, (*FACTS, ENROLLED))
        raise typer.BadParameter(f"there is no kind '{kind}'{f'; {hint}' if hint else ''}", param_hint="KIND")
    if format_ is ListFormat.XLSX:
        write_bytes(tables_as_xlsx(*tables))
    elif format_ is ListFormat.CSV:
        write(table_as_csv(tables[0]))
    else:
        raise typer.BadParameter("a template is csv or xlsx", param_hint="--format")


def _of_folder(study: str, act: Act) -> Entrance:
    from scheduler.folder.reading.stock import handing_out_in
    from scheduler.folder.reading.study import read_study
    from scheduler.folder.rows.trying import Entrance, Standing
    from scheduler.local_times import day_at

    folder = read_study(study)
    known = {each.subject: Standing(each.version, each.site, each.log, each.first_site) for each in folder.cases}
    sites = {folder.site.name or "": folder.site}
    stock = partial(handing_out_in, folder)
    return Entrance(known.get, folder.version, sites, partial(day_at, act.at), stock=stock)


def _of_store(store: Store, study: Study, act: Act) -> Entrance:
    from scheduler.folder.reading.stored import handing_out_of_store
    from scheduler.folder.rows.taking import standing_of
    from scheduler.folder.rows.trying import Entrance, Standing
    from scheduler.local_times import day_at

    def known(number: str) -> Standing | None:
        subject = store.subject(number)
        return None if subject is None else standing_of(store, study, subject)

    sites = {each.name: each for each in study.sites}
    stock = partial(handing_out_of_store, store, study)
    return Entrance(known, study.newest, sites, partial(day_at, act.at), stock=stock)


def _say(trial: Trial, reader: Language) -> None:
    """Each remark on a line that begins with file:row:column."""
    for row in trial.rows:
        for each in row.remarks:
            _say_remark(each, reader)


def _say_remark(remark: Remark, reader: Language) -> None:
    from scheduler.folder.rows.telling import in_message

    word = typer.style(worded(said("{word}:", word=_WORDS[remark.outcome]), reader), fg=_COLOURS[remark.outcome])
    beside: list[Value] = []
    if remark.protocol:
        beside.append(said("the protocol says, {clause}", clause=Quoted(remark.protocol, "en")))
    beside += map(in_message, remark.to_do)
    if remark.reason:
        beside.append(said("answered: {reason}", reason=Quoted(remark.reason)))
    told = in_message(remark.what)
    if beside:
        told = said("{message} ({to_do})", message=told, to_do=listed(*beside, how=SEMICOLONS))
    say(f"{remark.place}: {word} {worded(told, reader)} [{remark.code}]")


def _done(trial: Trial) -> Said:
    return said(
        "recorded: {events} of {patients}; the file's SHA-256 is {hash}",
        events=counted("{n} event", "{n} events", trial.events),
        patients=counted("{n} patient", "{n} patients", len(trial.patients)),
        hash=Code(trial.sha256),
    )
