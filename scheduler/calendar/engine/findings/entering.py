"""The order in which a patient enters the study: consent and screening before randomisation, and only who is eligible."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding, Severity
from scheduler.patient.course import Course
from scheduler.patient.events import Consented, FirstDosePlanned, Randomised, Screened, ScreenFailed
from scheduler.patient.log import Fact
from scheduler.said import Code, Said, said


def findings_of_entering(course: Course) -> Iterator[Finding]:
    """A warning for consent or screening that came after randomisation, and for a patient who is in it and not eligible."""
    randomised = course.dates.get("randomisation")
    if randomised is None:
        return
    for kind, what in ((Consented, said("the first consent")), (Screened, said("screening"))):
        first = next(iter(course.of(kind)), None)
        # The consent to a newer version may be the only one that somebody recorded.
        again = kind is Consented and bool(course.moves)
        if first is not None and first.day > randomised.day and not again:
            message = said(
                "{what}, {day}, came after randomisation, {day_b}",
                what=what,
                day=Code(f"{first.event.on}"),
                day_b=Code(f"{randomised.event.on}"),
            )
            yield _warning(
                "entered-out-of-order", message, said("correct one of the dates, or report it"), first, randomised
            )
    for failed in course.of(ScreenFailed):
        if not _passed_since(course, failed, randomised):
            message = said(
                "the patient is not eligible by {day}, and is randomised on {day_b}",
                day=Code(f"{failed.event.on}"),
                day_b=Code(f"{randomised.event.on}"),
            )
            hint = said("record 'end of treatment' or 'withdrew', or 'screened' where a later screening was passed")
            yield _warning("not-eligible-and-in", message, hint, failed, randomised)


def _passed_since(course: Course, failed: Fact, randomised: Fact) -> bool:
    """True where a later screening was begun or passed, before randomisation where the failure came before it."""
    if any(before is failed and not isinstance(begun.event, _IS_IN) for before, begun in course.screenings.repeated):
        return True
    until = randomised.day if failed.day <= randomised.day else None
    return any(_order(failed) < _order(each) and (until is None or each.day <= until) for each in course.of(Screened))


_IS_IN = (FirstDosePlanned, Randomised)
"""What only a patient has who is in the study: it is no screening."""


def _order(fact: Fact) -> tuple[int, int]:
    return fact.day, fact.number


def _warning(code: str, message: Said, hint: Said, *facts: Fact) -> Finding:
    numbers = tuple(sorted(number for fact in facts for number in fact.numbers))
    return Finding.of(code, Severity.WARNING, message, hint, events=numbers)
