"""The first patient and the first story of a new study, both invented: what the one-line summary alone says of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.dates import add_span
from scheduler.folder.founding.template import SCHEMAS, NewStudy
from scheduler.protocol.sentences.one_line.regimen import TreatmentSummary

FIRST_DOSE = date(2026, 3, 2)
"""The invented patient's first dose, a Monday."""


def patient_text(with_days: frozenset[str], study: NewStudy) -> str:
    """An invented patient who began on a Monday. ``with_days`` are the treatments whose cycles have days of their own."""
    events = []
    for each in study.treatments:
        if each.start == 1 and _first_day(each) == 1:
            what = "cycle started" if each.name in with_days else "given"
            number = "cycle" if each.name in with_days else "n"
            events.append(f"  - {{on: {FIRST_DOSE}, event: {what}, treatment: {each.name}, {number}: 1}}\n")
    return f"""# yaml-language-server: $schema=../{SCHEMAS}/case.schema.json
# An invented patient, to try things on.
protocol: ../protocol.yaml
site: ../site.yaml
subject: P-001
events:
  - {{on: {FIRST_DOSE - timedelta(days=7)}, event: first dose planned, to: {FIRST_DOSE}}}
{"".join(events)}"""


def story_text(with_days: frozenset[str], study: NewStudy) -> str:
    """A story with the dates that the summary alone gives, counted from a Monday on the fingers."""
    expected = []
    for each in study.treatments:
        day = f".{_first_day(each)}" if each.name in with_days else ""
        expected += [f"  {each.name}.{number}{day}: {on}\n" for number, on in _first_dates(each) if on < _end(each)]
    return f"""# yaml-language-server: $schema=../{SCHEMAS}/case.schema.json
# As planned, at a site without holidays.
# Count the dates of the published schedule by hand and put them here; then tell what happens after a hold, a delay, a holiday.
name: planned
protocol: ../protocol.yaml
subject: STORY-1
closed: []
events:
  - {{on: {FIRST_DOSE - timedelta(days=7)}, event: first dose planned, to: {FIRST_DOSE}}}
expect:
{"".join(expected)}"""


def _first_day(said: TreatmentSummary) -> int:
    """The first dosing day of a cycle."""
    return said.days[0][0] if said.days else 1


def _end(said: TreatmentSummary) -> date:
    """The day before which all must be given."""
    start = FIRST_DOSE + timedelta(days=said.start - 1)
    spans = [said.length.longest, said.clock.length.longest if said.clock is not None else None]
    return min(
        (date.fromordinal(add_span(start.toordinal(), span)) for span in spans if span is not None), default=date.max
    )


def _first_dates(said: TreatmentSummary) -> Iterator[tuple[int, date]]:
    """The dates of the first two cycles, or of all numbered doses; what falls on a weekend is left to the reader to count."""
    first = FIRST_DOSE + timedelta(days=said.start - 1)
    first += timedelta(days=max(0, 7 - first.weekday()) if first.weekday() > 4 else 0)
    yield 1, first + timedelta(days=_first_day(said) - 1)
    for number, span in enumerate(said.at, start=2):
        on = date.fromordinal(add_span(first.toordinal(), span))
        if on.weekday() < 5:
            yield number, on
    every = said.clock.every if said.clock is not None else said.every if not said.at else None
    most = min(length.most or 2 for length in (said.length, *([said.clock.length] if said.clock is not None else ())))
    days = every.in_days if every is not None else None
    if days is not None and days % 7 == 0 and most > 1:
        yield 2, first + timedelta(days=_first_day(said) - 1 + days)
