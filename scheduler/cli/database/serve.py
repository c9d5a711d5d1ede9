"""``scheduler serve``: pages, API and feeds of a study, for a browser and for calendar programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.screen import say, write

if TYPE_CHECKING:
    from scheduler.folder.reading.kept import Where
    from scheduler.web.settings import Settings

SAMPLE = Path("sample-study")


def serve(
    study: Annotated[
        str | None,
        typer.Argument(
            metavar="[STUDY]",
            help="A study's folder (its study.db is made at the first run), or a database's address. Without it, a sample study.",
        ),
    ] = None,
    host: Annotated[str | None, typer.Option("--host", help="The address to listen on; 127.0.0.1 without it.")] = None,
    port: Annotated[int | None, typer.Option("--port", help="The port; 8000 without it, 0 for any free one.")] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", help="How many processes; more than one needs PostgreSQL.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="A file of settings, in TOML.")
    ] = None,
    settings: Annotated[
        bool, typer.Option("--settings", help="Only print every setting, what it does and what holds without it.")
    ] = False,
) -> None:
    """Serve a study to browsers and calendar programs.

    The first run makes an account 'admin' and prints its password, once. Settings come from the file, from variables of the
    environment such as SCHEDULER_PORT, and from the options here, each stronger than the last; --settings explains all of them.
    """
    import os

    from scheduler.folder.founding.seed import LAST_DAY
    from scheduler.web.serving.backups import refuse_no_folder
    from scheduler.web.serving.heads import key_to_sign_with
    from scheduler.web.serving.metrics import refuse_no_library
    from scheduler.web.serving.running import free_port, run
    from scheduler.web.settings import read_settings, settings_in_words
    from scheduler.web.telling.mailing import mail_server_of

    if settings:
        write(settings_in_words())
        return
    chosen = read_settings(config, os.environ, {"host": host, "port": port, "workers": workers})
    if study is None and chosen.today is None:
        # The sample's patients are left as of that day: on the real one, all that follows would be overdue.
        chosen = chosen.model_copy(update={"today": LAST_DAY})
    key_to_sign_with(chosen)
    mail_server_of(chosen)
    refuse_no_folder(chosen)
    refuse_no_library(chosen)
    port_found = free_port(chosen.host, chosen.port)
    chosen = chosen.model_copy(update={"port": port_found})
    where = _founded(study, chosen)
    if chosen.workers > 1 and not (isinstance(where, str) and where.startswith("postgresql")):
        raise typer.BadParameter("several processes need a database on PostgreSQL", param_hint="--workers")
    if chosen.today is not None:
        say(f"every page takes {chosen.today} for today, and says so: what is recorded is for training")
    say(f"serving on http://{chosen.host}:{chosen.port}, to be stopped with Ctrl+C")
    run(where, chosen)


def _founded(study: str | None, settings: Settings) -> Where:
    """The database; what was made for it is said."""
    from scheduler.clock import Clock
    from scheduler.web.founding import database_for, found
    from scheduler.web.guards.passwords import Passwords

    made = found(database_for(study, SAMPLE, Clock()), Clock(), lambda: Passwords(settings))
    if made.password is not None:
        write(f"login:    {made.login}\npassword: {made.password}\n")
        say("This password is shown once. Log in, and make an account for each person under Accounts.")
    return made.where
