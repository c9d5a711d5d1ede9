"""The patient that is measured: two years of the experimental arm, with a log of any length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

from scheduler.calendar.entries.entry import Entry, Kind
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.events import parse_event
from scheduler.patient.log import Log, log_of
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.parse import parse_site
from scheduler.site.site import Site

EXAMPLE = Path(__file__).parents[2] / "examples" / "rego-tori-rt"

_HELD = timedelta(days=70)
_RESUMED = timedelta(days=84)
"""From the first dose to the day on which the ordinary patient's dose is held."""


def seed_text() -> str:
    return (EXAMPLE / "protocol.yaml").read_text("utf-8")


def seed_version() -> StudyVersion:
    return parse_protocol(seed_text(), name="protocol.yaml")[0]


def shanghai() -> Site:
    return parse_site((EXAMPLE / "site.yaml").read_text("utf-8"), name="site.yaml")


def log_of_length(version: StudyVersion, site: Site, length: int, start: date = date(2026, 3, 2)) -> Log:
    """A patient who comes as planned, with one hold and one reduction, until the log has that many events."""
    held = start + timedelta(days=70)
    order: list[dict[str, Any]] = [
        {"on": str(held), "event": "held", "treatment": "regorafenib", "reason": "AE 1"},
        {
            "on": str(held + timedelta(days=7)),
            "event": "resumed",
            "treatment": "regorafenib",
            "level": -1,
            "dose": "40 mg",
        },
    ]
    records = _as_planned(version, site, max(3, length - len(order)), start)
    return log_of([parse_event(each) for each in (records + order)[:length]])


def _as_planned(version: StudyVersion, site: Site, length: int, start: date) -> list[dict[str, Any]]:
    """What is recorded first of a patient for whom everything is done on its day."""
    records: list[dict[str, Any]] = [
        {"on": str(start - timedelta(days=3)), "event": "randomised", "arm": "experimental"},
        {"on": str(start), "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
        {"on": str(start), "event": "given", "treatment": "toripalimab", "n": 1},
    ]
    calendar = calendar_of(version, site, log_of([parse_event(each) for each in records]))
    records += [record for entry in calendar.entries if (record := _done(entry, start)) is not None]
    return records[:length]


def log_of_an_ordinary_patient(
    version: StudyVersion, site: Site, start: date = date(2026, 3, 2), *, decided: bool = True
) -> Log:
    """The first nine months of two years, with 60 events, 20 of them observations and what was decided on one of them.

    At five visits ALT and bilirubin: seven of the ten values are within limits, none is above twice the limit. A hand-foot
    reaction gets worse until regorafenib is held as the protocol proposes, and after two weeks goes on 1 level lower. Fatigue
    gets worse and goes away, diarrhoea comes and goes. Not ``decided``, the hold and the lower level are recorded as orders, so
    that the same doses come out without any rule.
    """
    seen = [{"on": str(start + timedelta(days=day)), **event} for day, event in _ordinary_observations()]
    events = [parse_event(each) for each in (*_as_planned(version, site, 60 - len(seen) - 1, start), *seen)]
    events.sort(key=lambda event: event.on)
    worse = 1 + next(at for at, event in enumerate(events) if event.event == "regraded" and event.on == start + _HELD)
    proposal = f"hand-foot-skin-reaction.6.{worse}"
    action = "hold at least 7 days until grade 0-1, then resume 1 level lower"
    decision: dict[str, Any] = {
        "on": str(start + _HELD),
        "event": "decided",
        "proposal": proposal,
        "action": action,
        "by": "Dr Example",
    }
    held = {"on": str(start + _HELD), "event": "held", "treatment": "regorafenib", "reason": "AE 1"}
    order = parse_event(decision if decided else held)
    if not decided:
        lower: dict[str, Any] = {
            "on": str(start + _RESUMED),
            "event": "resumed",
            "treatment": "regorafenib",
            "level": -1,
            "dose": "40 mg",
        }
        events = [parse_event(lower) if event.event == "resumed" else event for event in events]
    return log_of([*events[:worse], order, *events[worse:]])


def _ordinary_observations() -> Iterator[tuple[int, dict[str, Any]]]:
    """With the resume that ends the hold, each with its day counted from the first dose."""
    for day, alt, bilirubin in ((0, 24, 11), (28, 31, 14), (56, 66, 13), (112, 47, 23), (196, 33, 15)):
        yield day, _measured("ALT", alt)
        yield day, _measured("bilirubin", bilirubin)
    yield 14, {"event": "adverse event", "ae": 1, "term": "hand-foot skin reaction", "grade": 1}
    yield 35, {"event": "adverse event", "ae": 2, "term": "Fatigue", "grade": 1}
    yield 49, {"event": "regraded", "ae": 2, "grade": 2}
    yield 63, {"event": "resolved", "ae": 2}
    yield _HELD.days, {"event": "regraded", "ae": 1, "grade": 3}
    yield 80, {"event": "regraded", "ae": 1, "grade": 1}
    yield _RESUMED.days, {"event": "resumed", "treatment": "regorafenib"}
    yield 98, {"event": "resolved", "ae": 1}
    yield 150, {"event": "adverse event", "ae": 3, "term": "Diarrhea", "grade": 2}
    yield 157, {"event": "resolved", "ae": 3}


def _measured(test: str, value: int) -> dict[str, Any]:
    unit, limit = {"ALT": ("U/L", "40"), "bilirubin": ("umol/L", "21")}[test]
    return {"event": "measured", "test": test, "value": str(value), "unit": unit, "upper_limit": limit}


def log_full_of_observations(version: StudyVersion, site: Site, length: int, start: date = date(2026, 3, 2)) -> Log:
    """The same patient with as much to read for the dose rules as there is treatment: half of the events are observations."""
    treatment = [record.event for record in log_of_length(version, site, length - length // 2, start).records]
    seen = [parse_event(each) for each in islice(_observations(start), length // 2)]
    return log_of(sorted((*treatment, *seen), key=lambda event: event.on))


def _observations(start: date) -> Iterator[dict[str, Any]]:
    """Week by week two laboratory values, every third week an adverse event that gets worse and better."""
    for week in count():
        day = start + timedelta(days=7 * week + 3)
        for test, value in (("ALT", 30 + 25 * (week % 8)), ("bilirubin", 12 + 4 * (week % 5))):
            yield {"on": str(day), **_measured(test, value)}
        ae, step = divmod(week, 3)
        if step == 0:
            term = ("hand-foot skin reaction", "Fatigue", "Hypertension", "Diarrhea")[ae % 4]
            yield {"on": str(day), "event": "adverse event", "ae": ae + 1, "term": term, "grade": 1 + ae % 3}
        elif step == 1:
            yield {"on": str(day), "event": "regraded", "ae": ae + 1, "grade": 2 + ae % 2}
        else:
            yield {"on": str(day), "event": "resolved", "ae": ae + 1}


def without_rules(version: StudyVersion) -> StudyVersion:
    """The same protocol without its decision tables."""
    return replace(version, arms={name: replace(plan, rules=()) for name, plan in version.arms.items()})


def _done(entry: Entry, start: date) -> dict[str, Any] | None:
    if entry.date is None or entry.date <= start or entry.kind is Kind.PERIOD:
        return None
    if entry.kind is Kind.ORAL:
        return {"on": str(entry.date), "event": "cycle started", "treatment": entry.timeline, "cycle": entry.n}
    if entry.kind in (Kind.INFUSION, Kind.FRACTION):
        return {"on": str(entry.date), "event": "given", "treatment": entry.timeline, "n": entry.n}
    return {"on": str(entry.date), "event": "visit done", "entry": entry.id}
