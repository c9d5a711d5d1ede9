"""A regimen in one line, as people say it on the telephone, from which a new study can be begun.

    regorafenib 120 mg days 1-21 every 28 days; toripalimab 240 mg iv every 21 days; radiotherapy 5 fractions from day 22
    venetoclax 20 mg daily on days 1-7, 50 mg on days 8-14 of a 28-day cycle for 6 cycles
    oxaliplatin 130 mg/m2 on day 1 and capecitabine 1000 mg/m2 twice daily on days 1-14, every 3 weeks
    vaccine 0.5 mL im at months 0, 1 and 6
    trastuzumab 8 mg/kg of dose 1, 6 mg/kg of doses 2 and later every 3 weeks
    osimertinib 80 mg once daily until progression

    summary   = clock [";" clock]...
    clock     = treatment ["and" | "," treatment]...   (of several on one clock, the last says how often, and for how long)
    treatment = name, then in any order, with or without commas: dose ["," | "and" dose]... | route | "over" time
                | "every" span | "of a" n "-day cycle" | "at months" n... ["then every" span] | "once" | "from day" n
                | "for" | "up to" n "cycles" or "doses" or a length of time | "until progression" | n "fractions"
                | "for" n "or" | "to" n "cycles" | gray "in" n "fractions"
    dose      = amount or "AUC" n, each also a range, how often a day or a week, "day(s)" days, "of dose(s)" n, in any order

What is not said is not guessed: it stays None, and whoever writes the protocol has to ask.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import NoReturn

from scheduler.dates import Span
from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity
from scheduler.protocol.sentences.one_line.line_words import (
    BEGINS_A_PIECE,
    COUNTED,
    KNOWN,
    LEFT_OUT,
    LENGTH,
    NO_NAMES,
    OF_A_CYCLE,
    OFTEN,
    ROUTES,
    TIME_UNITS,
    TIMES,
)
from scheduler.protocol.sentences.one_line.pieces import (
    is_unit,
    read_course,
    read_dose_unit,
    read_doses,
    read_open_number,
)
from scheduler.protocol.sentences.one_line.regimen import Length, Step, TreatmentSummary
from scheduler.protocol.sentences.one_line.summary_checks import (
    EXAMPLE,
    PLACE,
    is_whole,
    on_one_clock,
    steps_are_whole,
    together,
)
from scheduler.protocol.sentences.spellings import Habits, plain
from scheduler.protocol.sentences.words import Token, Words
from scheduler.written import fault


def read_summary(text: str, mend: Callable[[str], tuple[str, ...]] = lambda part: ()) -> tuple[TreatmentSummary, ...]:
    """The treatments of a summary. Raises InvalidText with every fault at once, each with its column and the right spelling.

    ``mend`` gives all that may be meant by a wrong part between two ";", whole, or nothing.
    """
    summaries: list[TreatmentSummary] = []
    faults: list[Finding] = []
    offset = 0
    for part in LENGTH.sub(" ", plain(text)).split(";"):
        try:
            summaries += read_part(part)
        except ValueError as error:
            faults.append(_finding(error, offset, mend(part)))
        offset += len(part) + 1
    faults += together(summaries) if not faults else ()
    if faults:
        raise InvalidText(faults)
    return tuple(summaries)


def read_part(part: str) -> tuple[TreatmentSummary, ...]:
    """The treatments of what stands between two ";". Raises the fault of a sentence."""
    return _Reader(part).read()


def _finding(error: ValueError, offset: int, meant: tuple[str, ...]) -> Finding:
    said = getattr(error, "context", None) or {}
    message = said.get("message") or str(error)
    place = Place(PLACE, 1, offset + int(said.get("offset") or 0) + 1)
    hint = f"write: {', or: '.join(meant)}" if meant else said.get("hint") or f"write it like: {EXAMPLE}"
    return Finding("summary", Severity.ERROR, message, hint, place)


class _Reader:
    """Reads the treatments of one clock, piece by piece."""

    def __init__(self, text: str) -> None:
        self.words = Words(text, example=EXAMPLE, habits=Habits.SUMMARIES)
        self.ended_early = False
        """True where an end is said before how often: of several treatments on a clock it is the end of one."""

    def read(self) -> tuple[TreatmentSummary, ...]:
        summaries = [self._treatment()]
        while not self.words.done:
            summaries.append(self._treatment())
        if len(summaries) == 1:
            return (is_whole(self.words, summaries[0]),)
        return on_one_clock(self.words, summaries, self.ended_early)

    def _treatment(self) -> TreatmentSummary:
        name = self.words.name("the name of a treatment, one word").text
        so_far = TreatmentSummary(name)
        self.ended_early = False
        while not self.words.done:
            joined = self._joined()
            if joined and self._begins_treatment():
                break
            before, first = so_far, self.words.peek()
            so_far = self._piece(self._next_step(before) if joined else before)
            self._refuse_twice(before, so_far, first)
            self.ended_early |= so_far.length != Length() and so_far.every is None
        steps_are_whole(self.words, so_far)
        return so_far

    def _joined(self) -> bool:
        """Read "," or "and" or ", and"."""
        comma = self.words.accept(",")
        return self.words.accept("and") or comma

    def _begins_treatment(self) -> bool:
        """A name, and how much or how often of it."""
        token, after = self.words.peek(), self.words.peek(1)
        if token is None:
            self.words.fail("expected a treatment behind it", hint="leave out what is too much at the end")
        if token.kind != "word" or token.text.lower() in NO_NAMES:
            return False
        return after is not None and (after.kind == "number" or after.text.lower() in BEGINS_A_PIECE)

    def _next_step(self, so_far: TreatmentSummary) -> TreatmentSummary:
        """Another dose begins where one with its days or numbers is said, and an amount or days follow."""
        token, last = self.words.peek(), so_far.steps[-1]
        amount = self._next_is_amount()
        days = token is not None and token.text.lower() in ("on", "day", "days")
        if last.amount is None or (last.days is None and last.doses is None) or not (amount or days):
            return so_far
        return replace(so_far, steps=(*so_far.steps, Step()))

    def _next_is_amount(self, ahead: int = 0) -> bool:
        token, unit = self.words.peek(ahead), self.words.peek(ahead + 1)
        if token is None or unit is None or token.kind not in ("number", "range"):
            return token is not None and token.text.upper() == "AUC"
        return unit.kind == "word" and unit.text.lower() not in (*COUNTED, *TIMES, "fractions", "fraction", "and")

    def _refuse_twice(self, before: TreatmentSummary, after: TreatmentSummary, first: Token | None) -> None:
        """What is said twice would count as it was said last, and nobody would know."""
        unsaid = TreatmentSummary(before.name)
        pairs = [
            (getattr(before, name), getattr(after, name), getattr(unsaid, name))
            for name in ("route", "over", "every", "at", "once", "fractions", "start")
        ]
        for part, nothing in ((before.length, Length()), (before.steps[-1], Step())):
            now = after.length if isinstance(part, Length) else after.steps[len(before.steps) - 1]
            names = type(part).__slots__
            pairs += [(getattr(part, name), getattr(now, name), getattr(nothing, name)) for name in names]
        if any(was not in (nothing, now) for was, now, nothing in pairs):
            said = self.words.said_since(first)
            self._fail_at(first, f"'{said}' was said otherwise before", "say each thing once")

    def _fail_back(self, message: str, hint: str) -> NoReturn:
        """A fault at the word just read, which is spelled as it should be and means something that cannot be."""
        self._fail_at(self.words.peek(-1), message, hint)

    def _fail_at(self, token: Token | None, message: str, hint: str) -> NoReturn:
        raise fault("phrase", message, hint=hint, offset=token.offset if token else len(self.words.text.rstrip()))

    def _piece(self, so_far: TreatmentSummary) -> TreatmentSummary:
        words = self.words
        reads = (self._route, self._often, self._days, self._doses, self._cycle, self._every, self._length, self._at)
        for read in (*reads, self._from, self._amount):
            more = read(so_far)
            if more is not None:
                return more
        if words.accept("once"):
            return replace(so_far, once=True)
        if words.accept("over"):
            return replace(so_far, over=self._time())
        self._not_understood(so_far)

    def _not_understood(self, so_far: TreatmentSummary) -> NoReturn:
        """Name the part of the line, up to what is understood again."""
        words, first, before = self.words, self.words.peek(), self.words.peek(-1)
        if first is not None and first.kind == "word" and before is not None and before.text == so_far.name:
            hint = f"a name is one word: write {so_far.name}-{first.text}"
            words.fail(f"'{first.text}' does not follow '{so_far.name}'", hint=hint)
        ahead = 1
        while (token := words.peek(ahead)) is not None and token.text.lower() not in (*BEGINS_A_PIECE, ",", "and"):
            ahead += 1
        end = token.offset if token is not None else len(words.text)
        part = words.text[first.offset : end].strip() if first is not None else ""
        if first is not None and self._begins_treatment():
            hint = "write 'and' before a drug on the same clock, ';' before one with a clock of its own"
            words.fail(f"'{part}' is not understood here", hint=hint)
        for looks, hint in LEFT_OUT:
            if re.search(looks, part, re.IGNORECASE):
                self._fail_at(first, f"'{part}' is not understood here", hint)
        words.fail(f"'{part}' is not understood here", hint=KNOWN)

    def _route(self, so_far: TreatmentSummary) -> TreatmentSummary | None:
        for said, route in ROUTES.items():
            if self.words.accept(*said.split()):
                return replace(so_far, route=route)
        return None

    def _often(self, so_far: TreatmentSummary) -> TreatmentSummary | None:
        often = next((each for each in OFTEN if self.words.accept(*each.split())), None)
        return None if often is None else self._of_step(so_far, often=often)

    def _of_step(
        self,
        so_far: TreatmentSummary,
        amount: str | None = None,
        often: str | None = None,
        days: tuple[tuple[int, int], ...] | None = None,
        doses: str | None = None,
    ) -> TreatmentSummary:
        last = so_far.steps[-1]
        last = Step(amount or last.amount, often or last.often, days or last.days, doses or last.doses)
        return replace(so_far, steps=(*so_far.steps[:-1], last))

    def _days(self, so_far: TreatmentSummary) -> TreatmentSummary | None:
        self.words.accept("on")
        if not (self.words.accept("days") or self.words.accept("day")):
            return None
        days = self._numbers("a day of the cycle")
        if any(first < 1 for first, _ in days):
            self._fail_back("a cycle begins with day 1", "count from 1")
        return self._of_step(so_far, days=days)

    def _doses(self, so_far: TreatmentSummary) -> TreatmentSummary | None:
        doses = read_doses(self.words)
        return None if doses is None else self._of_step(so_far, doses=doses)

    def _numbers(self, what: str) -> tuple[tuple[int, int], ...]:
        """ "1-14 and 22-35", "0, 1 and 6": up to a number that is an amount or counts something else."""
        ranges = [self.words.number_or_range(what)]
        while (ahead := self._joined_ahead()) and self._is_listed(ahead):
            self._joined()
            ranges.append(self.words.number_or_range(what))
        for (_, before), (first, _) in pairwise(ranges):
            if first <= before:
                self._fail_back("these run backwards or meet", "write each once, the first one first")
        return tuple(ranges)

    def _joined_ahead(self) -> int:
        comma = int(self.words.next_is(","))
        after = self.words.peek(comma)
        return comma + int(after is not None and after.text.lower() == "and")

    def _is_listed(self, ahead: int) -> bool:
        token, after = self.words.peek(ahead), self.words.peek(ahead + 1)
        if token is None or token.kind not in ("number", "range"):
            return False
        counts = after is not None and after.text.lower() in (*COUNTED, *TIMES, "fraction", "fractions")
        if token.kind == "range":
            return not is_unit(after)
        return not (counts or (self._next_is_amount(ahead) and not self._of_a_piece(after)))

    def _of_a_piece(self, token: Token | None) -> bool:
        return token is not None and token.text.lower() in BEGINS_A_PIECE

    def _cycle(self, so_far: TreatmentSummary) -> TreatmentSummary | None:
        """ "of a 28-day cycle", "of each 4-week cycle"."""
        words = self.words
        ahead = next((ahead for ahead in (0, 1, 2) if self._is_length(ahead)), None)
        said = [token.text.lower() for each in range(ahead or 0) if (token := words.peek(each)) is not None]
        if ahead is None or " ".join(said) not in OF_A_CYCLE:
            return None
        words.accept(*said)
        span = words.span()
        words.accept_one_of("cycle", "cycles")
        return self._once_every(so_far, span)

    def _is_length(self, ahead: int) -> bool:
        number, unit, cycle = (self.words.peek(ahead + each) for each in range(3))
        if number is None or unit is None or cycle is None or number.kind != "number":
            return False
        return unit.text in TIMES and cycle.text.lower() in ("cycle", "cycles")

    def _every(self, so_far: TreatmentSummary) -> TreatmentSummary | None:
        then = self.words.accept("then", "every")
        if not then and not self.words.accept("every"):
            return None
        if not then and so_far.at:
            self._fail_back("after numbered doses comes 'then every'", "write: then every 8 weeks")
        if then and not so_far.at:
            self._fail_back("'then' comes after numbered doses", "write: at weeks 0, 2 and 6, then every 8 weeks")
        return self._once_every(so_far, self.words.span())

    def _once_every(self, so_far: TreatmentSummary, span: Span) -> TreatmentSummary:
        if span.amount < 1:
            self._fail_back(f"every {span} is never", "write: every 28 days")
        return replace(so_far, every=span)

    def _at(self, so_far: TreatmentSummary) -> TreatmentSummary | None:
        """ "at months 0, 1 and 6": numbered doses, counted from the first."""
        words = self.words
        if not words.accept("at"):
            return None
        unit = words.accept_one_of(*TIMES)
        if unit is None:
            words.fail("expected months, weeks or days", hint="write: at months 0, 1 and 6")
        numbers = self._numbers(f"a number of {unit}")
        if numbers[0][0] != 0 or any(first != last for first, last in numbers) or len(numbers) < 2:
            hint = "the first dose is at 0: write: at months 0, 1 and 6"
            self._fail_at(words.peek(-1), "numbered doses are two or more, from the first on", hint)
        spans = tuple(words.limited(Span(first, TIME_UNITS[unit.rstrip("s")])) for first, _ in numbers[1:])
        return replace(so_far, at=spans)

    def _length(self, so_far: TreatmentSummary) -> TreatmentSummary | None:
        words = self.words
        if words.accept("until", "progression"):
            return replace(so_far, length=replace(so_far.length, progression=True))
        said_for = words.accept("for")
        if not (said_for or words.accept("up", "to") or words.accept("at", "most")):
            return None
        if said_for and (chosen := read_open_number(words)) is not None:
            return replace(so_far, length=replace(so_far.length, open=chosen))
        number = words.accept_kind("number")
        if number is None:
            words.fail("expected how many cycles, or how long", hint="write: for 6 cycles, or: up to 12 months")
        if said_for and words.accept_one_of("fraction", "fractions"):
            return replace(so_far, fractions=self._count(number.text))
        if words.accept_one_of(*COUNTED):
            return replace(so_far, length=replace(so_far.length, most=self._count(number.text)))
        amount, unit = self._count(number.text), words.accept_one_of(*TIMES)
        if unit is None:
            words.fail("expected cycles, doses or months", hint="write: for 6 cycles, or: up to 12 months")
        if said_for and unit.rstrip("s") in ("day", "week"):
            last = amount * (7 if unit.startswith("week") else 1)
            hint = f"write: on days 1-{last}, or for the whole treatment: up to {amount} {unit}"
            words.fail(f"{amount} {unit} of each cycle, or of the whole treatment?", back=True, hint=hint)
        span = words.limited(Span(amount, TIME_UNITS[unit.rstrip("s")]))
        return replace(so_far, length=replace(so_far.length, longest=span))

    def _from(self, so_far: TreatmentSummary) -> TreatmentSummary | None:
        if not self.words.accept("from"):
            return None
        self.words.expect("day")
        day = self.words.number_of("a Study Day")
        if day < 1:
            self._fail_back("there is no Day 0", "the first dose is Day 1: write: from day 1, or leave it out")
        return replace(so_far, start=day)

    def _amount(self, so_far: TreatmentSummary) -> TreatmentSummary | None:
        words = self.words
        if words.accept("AUC"):
            first, last = words.number_or_range("the AUC")
            return self._of_step(so_far, amount=f"AUC {first}" if first == last else f"AUC {first}-{last} prescribed")
        of = words.next_is("of")
        number, after = words.peek(of), words.peek(of + 1)
        if number is not None and number.kind == "range" and is_unit(after):
            words.accept("of")
            words.accept_kind("range")
            return self._of_step(so_far, amount=f"{number.text} {read_dose_unit(words)} prescribed")
        if (chosen := read_open_number(words)) is not None:
            return replace(so_far, length=replace(so_far.length, open=chosen))
        if number is None or number.kind != "number" or after is None or after.kind != "word" or after.text in TIMES:
            return None
        words.accept("of")
        words.accept_kind("number")
        if words.accept("fractions") or words.accept("fraction"):
            return replace(so_far, fractions=self._count(number.text))
        if words.accept_one_of(*COUNTED):
            return replace(so_far, length=replace(so_far.length, most=self._count(number.text)))
        unit = read_dose_unit(words)
        if Decimal(number.text) <= 0:
            self._fail_back("an amount is more than 0", f"write it like: {EXAMPLE}")
        if unit == "Gy" and words.accept("in"):
            count, of_each = read_course(words, Decimal(number.text))
            return replace(self._of_step(so_far, amount=f"{of_each} Gy"), fractions=count)
        return self._of_step(so_far, amount=f"{number.text} {unit}")

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
