"""The table of all questions: each has one code, one strength, the events that it is asked of, and one function that asks it.

What contradicts the log, or is an order that the protocol forbids, is asked beside this table: `scheduler.asking.contradictions`.
"""

from __future__ import annotations

from scheduler.asking.rule import Rule
from scheduler.asking.tables.doses import OF_DOSES
from scheduler.asking.tables.notes import NOTES
from scheduler.asking.tables.orders import OF_ORDERS
from scheduler.asking.tables.refusals import REFUSALS
from scheduler.asking.tables.supply import OF_SUPPLY
from scheduler.asking.tables.words_and_days import OF_WORDS_AND_DAYS

RULES: tuple[Rule, ...] = (*REFUSALS, *OF_WORDS_AND_DAYS, *OF_DOSES, *OF_ORDERS, *OF_SUPPLY, *NOTES)
"""All questions, in the order in which they are shown where they are of one strength."""
