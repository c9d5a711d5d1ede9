"""A regimen in one line, as people say it on the telephone, from which a new study can be begun.

    regorafenib 120 mg days 1-21 every 28 days; toripalimab 240 mg iv every 21 days; radiotherapy 5 fractions from day 22

    summary   = treatment [";" treatment]...
    treatment = name, then in any order: amount | "AUC" n | route | how often a day | "over" time | "day(s)" days | "every" span
                | "once" | n "cycles" or "doses" | n "fractions" | "from day" n

What is not said is not guessed: it stays None, and whoever writes the protocol has to ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from scheduler.dates import Span
from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity, did_you_mean
from scheduler.protocol.sentences.giving import UNITS
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.words import Words

EXAMPLE = "regorafenib 120 mg days 1-21 every 28 days"
PLACE = "summary"
"""What findings call the summary, which lies in no file."""

_ROUTES = {
    "by mouth": "by mouth",
    "po": "by mouth",
    "orally": "by mouth",
    "intravenously": "intravenously",
    "iv": "intravenously",
    "by continuous infusion": "by continuous infusion",
    "subcutaneously": "subcutaneously",
    "sc": "subcutaneously",
    "intramuscularly": "intramuscularly",
    "im": "intramuscularly",
}
_OFTEN = ("once daily", "twice daily", "three times daily", "every other day")
_NOT_HERE, _LEFT_OUT = "until when is not said here", "leave it out: the file asks for it"
_PER = ("m2", "kg")


@dataclass(frozen=True, slots=True)
class TreatmentSummary:
    """One treatment as the summary says it; None is what it does not say.

    ``amount`` is text as it is written, with its unit: "240 mg", "85 mg/m2", "AUC 5". ``every`` is None for what is given once.
    ``start`` is a Study Day; ``most`` counts cycles or doses, ``fractions`` those of a course.
    """

    name: str
    amount: str | None = None
    route: str | None = None
    often: str | None = None
    over: str | None = None
    days: tuple[tuple[int, int], ...] | None = None
    every: Span | None = None
    once: bool = False
    most: int | None = None
    fractions: int | None = None
    start: int = 1

    @property
    def has_days(self) -> bool:
        """True for a cycle with dosing days of its own, such as tablets on days 1-21."""
        return self.days is not None and self.days != ((1, 1),)


def read_summary(text: str) -> tuple[TreatmentSummary, ...]:
    """The treatments of a summary. Raises InvalidText with every fault at once, each with its column and the right spelling."""
    found: list[TreatmentSummary] = []
    faults: list[Finding] = []
    offset = 0
    for part in text.split(";"):
        try:
            found.append(_Reader(part).read())
        except ValueError as error:
            faults.append(_finding(error, offset))
        offset += len(part) + 1
    faults += _together(found) if not faults else ()
    if faults:
        raise InvalidText(faults)
    return tuple(found)


def _finding(error: ValueError, offset: int) -> Finding:
    said = getattr(error, "context", None) or {}
    message = said.get("message") or str(error)
    place = Place(PLACE, 1, offset + int(said.get("offset") or 0) + 1)
    return Finding("summary", Severity.ERROR, message, said.get("hint") or f"write it like: {EXAMPLE}", place)


def _together(found: list[TreatmentSummary]) -> Iterator[Finding]:
    """What can only be judged over all treatments."""
    place = Place(PLACE, 1, 1)
    names = [each.name for each in found]
    for name in sorted({name for name in names if names.count(name) > 1}):
        hint = f"give the second another name, such as {name}-2"
        yield Finding("summary", Severity.ERROR, f"there are two treatments called {name}", hint, place)
    if found and min(each.start for each in found) > 1:
        message = "nothing is given on day 1"
        hint = f"days count from the first dose: leave out 'from day {min(each.start for each in found)}' of the first treatment"
        yield Finding("summary", Severity.ERROR, message, hint, place)


class _Reader:
    """Reads one treatment, piece by piece."""

    def __init__(self, text: str) -> None:
        self.words = Words(text, example=EXAMPLE, habits=Habits.DOSES)

    def read(self) -> TreatmentSummary:
        name = self.words.name("the name of a treatment, one word").text
        found = TreatmentSummary(name)
        while not self.words.done:
            more = self._piece(found)
            self._refuse_twice(found, more)
            found = more
        self._is_whole(found)
        return found

    def _refuse_twice(self, before: TreatmentSummary, after: TreatmentSummary) -> None:
        """What is said twice would count as it was said last, and nobody would know."""
        unsaid = TreatmentSummary(before.name)
        for each in fields(TreatmentSummary):
            said = getattr(before, each.name)
            if said != getattr(unsaid, each.name) and said != getattr(after, each.name):
                self.words.fail(f"'{self._last()}' was said otherwise before", back=True, hint="say each thing once")

    def _last(self) -> str:
        token = self.words.peek(-1)
        return token.text if token is not None else ""

    def _piece(self, found: TreatmentSummary) -> TreatmentSummary:
        words = self.words
        for read in (self._route, self._often, self._days, self._every, self._from, self._amount):
            more = read(found)
            if more is not None:
                return more
        if words.accept("once"):
            return replace(found, once=True)
        if words.accept("over"):
            return replace(found, over=self._time())
        token = words.peek()
        after_name = words.peek(-1)
        if token is not None and token.kind == "word" and after_name is not None and after_name.text == found.name:
            hint = f"a name is one word: write {found.name}-{token.text}"
            words.fail(f"'{token.text}' does not follow '{found.name}'", hint=hint)
        if words.next_is("up", "to") or words.next_is("until") or words.next_is("for"):
            words.fail(_NOT_HERE, hint=_LEFT_OUT)
        words.fail(f"'{token.text if token else ''}' is not understood here")

    def _route(self, found: TreatmentSummary) -> TreatmentSummary | None:
        for said, route in _ROUTES.items():
            if self.words.accept(*said.split()):
                return replace(found, route=route)
        return None

    def _often(self, found: TreatmentSummary) -> TreatmentSummary | None:
        often = next((each for each in _OFTEN if self.words.accept(*each.split())), None)
        return None if often is None else replace(found, often=often)

    def _days(self, found: TreatmentSummary) -> TreatmentSummary | None:
        self.words.accept("on")
        if not (self.words.accept("days") or self.words.accept("day")):
            return None
        days = self.words.numbers("a day of the cycle")
        if any(first < 1 for first, _ in days):
            self.words.fail("a cycle begins with day 1", back=True, hint="count from 1")
        if days[0][0] != 1:
            hint = f"days are those of the cycle, which begins with a dose: days 1-..., and 'from day {days[0][0]}' for its start"
            self.words.fail("a cycle begins with the first dosing day", back=True, hint=hint)
        return replace(found, days=days)

    def _every(self, found: TreatmentSummary) -> TreatmentSummary | None:
        if not self.words.accept("every"):
            return None
        span = self.words.span()
        if span.amount < 1:
            self.words.fail(f"every {span} is never", back=True)
        if span.in_days is None:
            self.words.fail(f"a cycle of {span} has no fixed number of days", back=True, hint="write: every 28 days")
        return replace(found, every=span)

    def _from(self, found: TreatmentSummary) -> TreatmentSummary | None:
        if not self.words.accept("from"):
            return None
        self.words.expect("day")
        day = self.words.number_of("a Study Day")
        if day < 1:
            self.words.fail("there is no Day 0: the first dose is Day 1", back=True)
        return replace(found, start=day)

    def _amount(self, found: TreatmentSummary) -> TreatmentSummary | None:
        words = self.words
        if words.accept("AUC"):
            return replace(found, amount=f"AUC {words.number_of('the AUC')}")
        words.accept("of") or words.accept("for")
        number = words.accept_kind("number")
        if number is None:
            return None
        if words.accept("fractions") or words.accept("fraction"):
            return replace(found, fractions=self._count(number.text))
        if any(words.accept(word) for word in ("cycles", "cycle", "doses", "dose")):
            return replace(found, most=self._count(number.text))
        if words.accept_one_of("day", "days", "week", "weeks", "month", "months", "year", "years"):
            words.fail(_NOT_HERE, back=True, hint=_LEFT_OUT)
        unit, slash, per = words.name("a unit such as mg, mg/m2 or Gy").text.partition("/")
        if unit not in UNITS or (slash and per not in _PER):
            words.fail(f"'{unit}{slash}{per}' is not a unit", back=True, hint=did_you_mean(unit, UNITS))
        if Decimal(number.text) <= 0:
            words.fail("an amount is more than 0", back=True)
        return replace(found, amount=f"{number.text} {unit}{slash}{per}")

    def _count(self, number: str) -> int:
        if not number.isdigit() or not 0 < int(number) < 1000:
            self.words.fail(f"{number} is no number of doses", back=True, hint="write a whole number, such as 5")
        return int(number)

    def _time(self) -> str:
        amount = self.words.number_of("how long")
        unit = self.words.accept_one_of("minute", "minutes", "hour", "hours")
        if unit is None:
            self.words.fail("expected minutes or hours")
        return f"{amount} {unit}"

    def _is_whole(self, found: TreatmentSummary) -> None:
        words = self.words
        if found.fractions is not None:
            if found.days or found.every or found.once or found.most:
                words.fail(
                    "a course of fractions has a number and a start, and nothing else", hint="one a day is presumed"
                )
            return
        if found.amount is None:
            words.fail(f"how much {found.name} is not said", hint=f"write it like: {EXAMPLE}")
        if (found.every is None) == (not found.once):
            words.fail(f"how often {found.name} is given is not said", hint="write 'every 28 days', or 'once'")
        last = max((last for _, last in found.days or ()), default=1)
        if found.every is not None and last > (found.every.in_days or 0):
            words.fail(
                f"day {last} lies after the {found.every} of the cycle", hint="make the cycle longer, or the days fewer"
            )
