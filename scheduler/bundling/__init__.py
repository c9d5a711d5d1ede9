"""Fewest trips: dates inside their windows, chosen so that a patient comes as seldom as possible and the site has room.

    bundle(patients, on=today, until=last_day, capacity={"infusion": 4}, seconds=10)

What is found is a proposal, and its dates become appointments only where a person books them. Every date went through the real
engine before it is shown: a plan that the engine disagrees with is never told. May import the views and all below them; OR-tools
(extra ``optimise``) is imported where a plan is computed, and nowhere else.
"""

from scheduler.bundling.bundle import bundle
from scheduler.bundling.plan import Bundle, Kept, Move, PatientPlan, ToPlan

__all__ = ["Bundle", "Kept", "Move", "PatientPlan", "ToPlan", "bundle"]
