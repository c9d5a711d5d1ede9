"""``scheduler activities``: the schedule of activities of an arm."""

from __future__ import annotations

from typing import Annotated

import typer

from scheduler.cli.lists import write_tables
from scheduler.cli.options import ListFormat, ListFormatOption, ProtocolArgument
from scheduler.cli.plan import one_arm
from scheduler.cli.screen import say_warnings


def activities(
    protocol: ProtocolArgument,
    arm: Annotated[str | None, typer.Option("--arm", help="Which arm; needed where the study has several.")] = None,
    format_: ListFormatOption = ListFormat.TABLE,
) -> None:
    """Show the schedule of activities: what is done at which visit, and when that visit is."""
    from scheduler.folder.planning import read_plan
    from scheduler.views.schedule_of_activities import schedule_of_activities

    planned = read_plan(protocol)
    say_warnings(planned.findings, [planned.version])
    plan = planned.version.arms[one_arm(planned.version.arms, arm)]
    write_tables(schedule_of_activities(plan), format_=format_)
