"""The fuzzers: each makes one input by chance and gives in a word what became of it. Whatever else is raised is a fault."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeAlias, get_args, get_origin

from scheduler.asking import ask
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.errors import InvalidText, Refused
from scheduler.findings import has_errors
from scheduler.folder.reading.case import Case, read_case
from scheduler.patient.appending import append, review
from scheduler.patient.case_file.case import parse_case
from scheduler.patient.events import parse_event
from scheduler.patient.log import log_of
from scheduler.protocol.parse import parse_protocol
from scheduler.site.parse import parse_site
from tests.fuzz.mutations import ODD, mutated
from tests.laws.any_events import KINDS_OF_EVENT

EXAMPLES = Path(__file__).parents[2] / "examples"
SEED = EXAMPLES / "rego-tori-rt"
TODAY = date(2026, 5, 21)

Try: TypeAlias = Callable[[Random], str]


@cache
def _texts(pattern: str) -> tuple[str, ...]:
    return tuple(path.read_text("utf-8") for path in sorted(EXAMPLES.rglob(pattern)))


def text(chance: Random) -> str:
    """A protocol or a site, changed."""
    if chance.random() < 0.75:
        changed = mutated(chance.choice(_texts("protocol*.yaml")), chance)
        return _told(lambda: parse_protocol(changed, name="protocol.yaml"))
    changed = mutated(chance.choice(_texts("site*.yaml")), chance)
    return _told(lambda: parse_site(changed, name="site.yaml"))


def case(chance: Random) -> str:
    """A patient's case file, changed; where it is read, the calendar is computed from it."""
    changed = mutated(chance.choice(_texts("rego-tori-rt/patients/*.yaml")), chance)

    def computed() -> None:
        says = parse_case(changed, name="case.yaml")
        log, study = log_of(says.events), _patients()[0]
        findings = review(study.version, log, places=says.places)
        if has_errors(findings):
            raise InvalidText(findings)
        calendar_of(study.version, study.site, log, until=TODAY + timedelta(days=90))

    return _told(computed)


@cache
def _patients() -> tuple[Case, ...]:
    return tuple(read_case(path) for path in sorted((SEED / "patients").glob("*.yaml")))


def event(chance: Random) -> str:
    """An event of any kind with any fields, about a patient of the seed study: asked about, appended, and computed with."""
    patient = chance.choice(_patients())
    said = event_of(chance)

    def recorded() -> None:
        happened = parse_event(said)
        ask(patient.version, patient.site, patient.log, [happened], today=TODAY)
        longer = append(patient.version, patient.log, happened)
        calendar_of(patient.version, patient.site, longer, until=TODAY + timedelta(days=60))

    return _told(recorded)


def event_of(chance: Random) -> dict[str, Any]:
    """What somebody sends as an event: most of it likely."""
    word = chance.choice(sorted(KINDS_OF_EVENT))
    said: dict[str, Any] = {"event": word, "on": str(TODAY - timedelta(days=chance.randrange(60)))}
    for name, field in KINDS_OF_EVENT[word].model_fields.items():
        needed = field.is_required()
        if name not in said and chance.random() < (0.95 if needed else 0.25):
            said[field.alias or name] = _value(name, field.annotation, chance)
    if chance.random() < 0.1:
        said[chance.choice(("on", "event", "x", "", "recorded", "number"))] = _odd(chance)
    return said


_LIKELY: dict[str, tuple[Any, ...]] = {
    "treatment": ("regorafenib", "toripalimab", "radiotherapy", "placebo"),
    "entry": ("toripalimab.2", "toripalimab.5", "c1d8.1", "imaging.1", "regorafenib.3"),
    "cycle": (1, 2, 3, 99),
    "n": (1, 2, 3, 99),
    "reason": ("AE 1", "travel", "progression"),
    "at": ("10:30", "23:59"),
    "ae": (1, 2, 7),
    "grade": (1, 2, 3, 4, 5),
    "level": (0, -1, -2),
    "dose": ("40 mg", "80 mg", "0 mg", "1e400 mg"),
    "test": ("ALT", "bilirubin", "platelets"),
    "value": ("70", "165/95", "0.9", 3),
    "unit": ("U/L", "mg/dL", "10^9/L", "furlong"),
    "arm": ("control", "experimental", "placebo"),
    "number": (1, 5, 20, 999),
}


def _value(name: str, annotation: Any, chance: Random) -> Any:
    if chance.random() < 0.12:
        return _odd(chance)
    if name in _LIKELY and chance.random() < 0.85:
        return chance.choice(_LIKELY[name])
    if name == "with_":
        return event_of(chance)
    words = [word for part in (annotation, *get_args(annotation)) for word in get_args(part) if isinstance(word, str)]
    if words:
        return chance.choice(words)
    kinds = {annotation, *get_args(annotation)}
    if date in kinds:
        return str(TODAY + timedelta(days=chance.randrange(-60, 60)))
    if bool in kinds:
        return chance.random() < 0.5
    if any(get_origin(kind) in (tuple, list) for kind in kinds):
        return [chance.choice(("regorafenib", "blood count", "08:00"))]
    return chance.choice((1, 2, "1", "40 mg", "aspirin", "AE 1"))


def _odd(chance: Random) -> Any:
    return chance.choice(
        (*ODD, None, True, -1, 0, 10**30, 1.5, float("inf"), [], {}, [[]], {"a": {}}, [None], {"event": "held"}, "")
    )


def _told(read: Callable[[], object]) -> str:
    """Whether it was read or refused. A refusal says what is wrong, in plain words."""
    try:
        read()
    except (InvalidText, Refused) as error:
        for finding in error.findings:
            if not str(finding.message).strip() or "Traceback" in str(finding.message):
                raise AssertionError(f"a finding without plain words: {finding!r}") from error
        return "refused" if error.findings else "refused without a reason"
    return "taken"
