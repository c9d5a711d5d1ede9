"""The words of a one-line summary: what begins a piece of it, and what to do with pieces that no line says."""

from __future__ import annotations

import re

from scheduler.dates import Unit
from scheduler.protocol.plan.times.frequency import SEVERAL_A_DAY, TIMES_A_WEEK
from scheduler.protocol.sentences.dosing.giving import ROUTES as ROUTES_OF_DOSES

ROUTES = {
    **{route: route for route in ROUTES_OF_DOSES},
    "po": "by mouth",
    "orally": "by mouth",
    "iv": "intravenously",
    "sc": "subcutaneously",
    "im": "intramuscularly",
}
OFTEN = ("once daily", *SEVERAL_A_DAY, *TIMES_A_WEEK, "every other day", "daily")
EVERY_DAY = ("once daily", *SEVERAL_A_DAY, "daily")
"""How often a day something is given that goes on without cycles where no cycle is said."""
PER = ("m2", "kg")
COUNTED = ("cycles", "cycle", "doses", "dose")
TIMES = ("days", "day", "weeks", "week", "months", "month", "years", "year")
_EACH = ("a", "each", "every", "the")
OF_A_CYCLE = ("", "in", "of", "each", "every", *(f"{word} {each}" for word in ("in", "of") for each in _EACH))
TIME_UNITS = {"day": Unit.DAYS, "week": Unit.WEEKS, "month": Unit.MONTHS, "year": Unit.YEARS}
LENGTH = re.compile(r"(?<=[0-9])-(?=(?:day|week)s? cycles?\b)")
BEGINS_A_PIECE = frozenset(
    "po orally iv sc im once twice three four daily every over on day days of in at for up until from then AUC".lower().split()
) | {route.split()[0] for route in ROUTES_OF_DOSES}
NO_NAMES = BEGINS_A_PIECE | {*COUNTED, *TIMES, "and", "max", "maximum", "total", "x", "with", "plus"}
KNOWN = (
    "leave it out (what the line does not say is asked in the file), or write one of: 20 mg, iv, twice daily, over 2 hours,"
    " on days 1-14, every 3 weeks, at months 0, 1 and 6, for 6 cycles, for 4 or 6 cycles, up to 12 months, until progression"
)
LEFT_OUT = (
    (
        r"\bthen\s+[0-9]",
        "say later doses by number: 300 mg of doses 1-2, 600 mg of doses 3 and later; where they are further apart too,"
        " they are a treatment of their own behind ';', with another name and 'from day ...'",
    ),
    (r"\b(?:off|rest|break|pause)\b", "leave it out: days without a dose are those that 'on days' does not name"),
    (r"\btoxicit", "leave it out: whoever stops for it is recorded"),
    (r"\bred(?:uce|uction)|\blevels?\b|\bhold\b", "leave it out, and write 'levels' and rules in the file"),
    (r"\bfood|\bmeal|\bfast(?:ing|ed)", "leave it out, and write it under 'activities' in the file"),
)
