"""All commands under one name, and what becomes of their errors.

Asking for help loads nothing but this folder and typer: every command imports what it needs when it is called.
"""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Callable, Iterable
from typing import Any

import typer
from typer.core import TyperGroup

from scheduler.cli.ahead.forecast import forecast
from scheduler.cli.cohort import cohort
from scheduler.cli.database.audit import audit
from scheduler.cli.database.drill import restore_drill
from scheduler.cli.database.events import events_template, import_events
from scheduler.cli.database.keeping import backup, export_study, import_study, restore
from scheduler.cli.database.link import link
from scheduler.cli.database.serve import serve
from scheduler.cli.outcomes.endpoints import endpoints
from scheduler.cli.patient.background import background
from scheduler.cli.patient.diary import diary
from scheduler.cli.patient.explain import explain
from scheduler.cli.patient.exposure import exposure
from scheduler.cli.patient.record import record
from scheduler.cli.patient.response import response
from scheduler.cli.patient.sheets import sheets
from scheduler.cli.patient.show import show
from scheduler.cli.patient.whatif import whatif
from scheduler.cli.site.agenda import agenda
from scheduler.cli.site.stock import stock
from scheduler.cli.standards.export_fhir import export_fhir
from scheduler.cli.standards.export_odm import export_odm
from scheduler.cli.standards.export_sdtm import export_sdtm
from scheduler.cli.standards.export_usdm import export_usdm
from scheduler.cli.standards.import_sdtm import import_sdtm
from scheduler.cli.standards.import_usdm import import_usdm
from scheduler.cli.study.activities import activities
from scheduler.cli.study.adverse_events import adverse_events
from scheduler.cli.study.amend import amend
from scheduler.cli.study.check import check
from scheduler.cli.study.demo import demo
from scheduler.cli.study.deviations import deviations
from scheduler.cli.study.dispensing import dispensing
from scheduler.cli.study.export import export
from scheduler.cli.study.new import new
from scheduler.cli.study.plan import plan
from scheduler.cli.study.test import test
from scheduler.cli.study.worklist import worklist
from scheduler.errors import Conflict, InvalidText, Refused, StoreUnavailable, UnknownEntry, UnknownSubject


class Commands(TyperGroup):
    """Commands whose errors are findings: said on standard error, and the exit code is 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run one command."""
        try:
            return super().invoke(ctx)
        except (InvalidText, Refused, Conflict, StoreUnavailable) as error:
            from scheduler.cli.reader import ASKED, reader_of
            from scheduler.cli.screen import say_findings

            say_findings(error.findings, language=reader_of(ctx.meta.get(ASKED)))
            raise typer.Exit(1) from None
        except BrokenPipeError:
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            typer.echo(f"error: {where}{error.strerror or error}", err=True)
            raise typer.Exit(1) from None
        except UnknownEntry as error:
            raise typer.BadParameter(str(error), param_hint="ENTRY") from None
        except UnknownSubject as error:
            raise typer.BadParameter(str(error), param_hint="SUBJECT") from None


_COMMANDS: tuple[Callable[..., None], ...] = (
    demo,
    new,
    check,
    test,
    plan,
    activities,
    show,
    explain,
    whatif,
    record,
    worklist,
    agenda,
    dispensing,
    stock,
    forecast,
    diary,
    sheets,
    deviations,
    exposure,
    response,
    adverse_events,
    endpoints,
    background,
    export,
    export_sdtm,
    export_fhir,
    export_usdm,
    export_odm,
    import_usdm,
    import_sdtm,
    amend,
    serve,
    link,
    import_study,
    import_events,
    events_template,
    export_study,
    backup,
    restore,
    restore_drill,
)


def _app_of(commands: Iterable[Callable[..., None]]) -> typer.Typer:
    made = typer.Typer(
        cls=Commands,
        name="scheduler",
        help="Dosing schedules and visit calendars of clinical trials, every date with its reason.",
        epilog="Not a medical device: a qualified person checks every list before anybody acts on it.",
        no_args_is_help=True,
        add_completion=True,
        pretty_exceptions_show_locals=False,
        rich_markup_mode=None,
    )
    for command in commands:
        made.command()(command)
    made.add_typer(audit)
    made.add_typer(cohort)
    return made


app = _app_of(_COMMANDS)

_SELDOM = 100_000


def main() -> None:
    """Run the command line with what was typed."""
    # What a command loads stays. Python would look through it for what is thrown away four hundred times before it is there,
    # and once more at the end, which takes a fifth of the whole.
    gc.set_threshold(_SELDOM, *gc.get_threshold()[1:])
    atexit.register(gc.freeze)
    named = [each for each in _COMMANDS if sys.argv[1:2] == [each.__name__.replace("_", "-")]]
    # To read the options of all forty takes as long as to read a protocol.
    (_app_of(named) if named else app)()
