"""``scheduler record``: one event more in a patient's log."""

from __future__ import annotations

from typing import Annotated

import typer

from scheduler.cli.options import StudyArgument
from scheduler.cli.screen import say, say_warnings, write


def record(
    study: StudyArgument,
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="The patient's number in the study.")],
    event: Annotated[
        str, typer.Argument(metavar="EVENT", help="'{on: 2026-03-16, event: held, ...}', as in a case file or as JSON.")
    ],
) -> None:
    """Append an event to a patient's log. What contradicts it is refused, and the file or database stays as it is."""
    from scheduler.cli.acting import act_now
    from scheduler.findings import did_you_mean
    from scheduler.folder.event_line import event_line
    from scheduler.folder.files import name_of
    from scheduler.folder.kept import database_of
    from scheduler.folder.recording import append_event, read_event
    from scheduler.folder.stored import append_in_store
    from scheduler.folder.study import read_study
    from scheduler.patient.recording import spelled_out

    said, act = read_event(event), act_now()
    if said.recorded is None:
        said = said.model_copy(update={"recorded": act.at})
    folder = read_study(study)
    say_warnings(folder.findings, folder.versions)
    known = folder.case(subject)
    if known is None:
        hint = did_you_mean(subject, (each.subject or "" for each in folder.cases))
        raise typer.BadParameter(f"there is no patient '{subject}'{f'; {hint}' if hint else ''}", param_hint="SUBJECT")
    said = spelled_out(known.version, known.log, said)
    database = database_of(study)
    patient = append_event(known.path, said) if database is None else append_in_store(database, subject, [said], act)
    write(f"{event_line(patient.log.records[-1].event)}\n")
    say(f"event {patient.log.length} of {subject}, in {name_of(patient.path)}")
