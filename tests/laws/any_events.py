"""Events of every kind that there is, made up from what each kind's class says of its fields: likely ones, and slips of the hand.

Nothing here knows a kind by name but by its fields: whose words a field takes, and else its name or its type. So a new kind is
drawn as soon as it is listed, and a field of a new sort fails until somebody says what people write there.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, Literal, get_args, get_origin

from hypothesis import strategies as st
from pydantic.fields import FieldInfo

from scheduler.calendar.entries.deviation import Deviated
from scheduler.calendar.entries.entry import Calendar, Status
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.errors import InvalidText
from scheduler.patient.events import ASSESSMENTS, AnyFact, Corrected, Event, Struck, dump_event, parse_event
from scheduler.patient.events.kind import EventKind, Vocabulary, asked
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY, Site
from tests.amendments.texts import LATER, versions
from tests.laws.fitting import FITTING, NEEDED, fitting
from tests.laws.walks import BEGIN, study, walked
from tests.laws.walks import WORDS as STEPS

KINDS_OF_EVENT: dict[str, type[Event]] = {
    kind.kind.word: kind for kind in (*get_args(AnyFact), Corrected, Struck) if issubclass(kind, Event)
}
NOT_DRAWN = ("event", "on", "at", "by", "note", "override", "confirmed", "recorded")
"""What bears on nothing, and the reasons that are given where something was asked."""


@dataclass(frozen=True)
class Scene:
    """A patient so far, and the day to which the log has come."""

    version: StudyVersion
    site: Site
    log: Log
    today: date

    @cached_property
    def calendar(self) -> Calendar:
        return calendar_of(self.version, self.site, self.log, until=self.today + timedelta(days=90))

    def __repr__(self) -> str:
        lines = [f"{each.number}: {dump_event(each.event)}" for each in self.log.records]
        return "\n  ".join([f"{self.version.study}, {self.today}:", *lines])

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Hypothesis would print the whole protocol."""
        printer.text(repr(self))


Choose = Callable[[Scene], st.SearchStrategy[Any]]


def _one_of(*values: object) -> Choose:
    return lambda scene: st.sampled_from(values)


def _treatments(has_days: bool | None) -> Choose:
    def choose(scene: Scene) -> st.SearchStrategy[str]:
        lines = [line for plan in scene.version.arms.values() for line in plan.treatments()]
        names = sorted({line.name for line in lines if has_days is None or _is_tablets(line.kind) is has_days})
        return st.sampled_from((*names, *names, *names, "placebo"))

    return choose


def _is_tablets(kind: str) -> bool:
    return kind == "oral"


def _entries(scene: Scene) -> st.SearchStrategy[str]:
    soon = [each.id for each in scene.calendar.entries if each.status is Status.PLANNED][:8]
    there = [each.id for each in scene.calendar.entries][-12:] + [each.id for each in scene.calendar.pending]
    return st.sampled_from((*soon, *soon, *there, "imaging.99"))


def _adverse_events(scene: Scene) -> st.SearchStrategy[int]:
    known = [each.event.ae for each in scene.log.records if hasattr(each.event, "ae")]
    return st.sampled_from((*known, *known, 1, max(known, default=0) + 1))


def _proposals(scene: Scene) -> st.SearchStrategy[str]:
    return st.sampled_from((*(each.id for each in scene.calendar.proposals), "B1.99"))


def _actions(scene: Scene) -> st.SearchStrategy[str]:
    return st.sampled_from(("1", "2", *(option.words for each in scene.calendar.proposals for option in each.options)))


def _records(scene: Scene) -> st.SearchStrategy[int]:
    return st.integers(1, scene.log.length + 1)


def _groups(scene: Scene) -> st.SearchStrategy[str]:
    return st.sampled_from((*scene.version.groups, *scene.version.groups, "a group"))


def _milestones(scene: Scene) -> st.SearchStrategy[str]:
    return st.sampled_from((*scene.version.milestones, *scene.version.milestones, "a milestone"))


def _courses(scene: Scene) -> st.SearchStrategy[str]:
    lines = [line for plan in scene.version.arms.values() for line in plan.treatments()]
    return st.sampled_from((*sorted({give.name for line in lines for give in line.gives}), "a course"))


def _sheets(scene: Scene) -> st.SearchStrategy[str]:
    sheets = [sheet.name for plan in scene.version.arms.values() for sheet in plan.sheets]
    return st.sampled_from((*sheets, *sheets, "pk", "ecg"))


def _days(scene: Scene) -> st.SearchStrategy[str]:
    near = st.integers(-3, 3).map(lambda n: n if n else 0)
    return st.one_of(near, st.integers(-40, 60)).map(lambda n: str(scene.today + timedelta(days=n)))


def _versions(scene: Scene) -> st.SearchStrategy[str]:
    others = [each.version for each in scene.version.others]
    return st.sampled_from((*others, *others, scene.version.version, "9.9"))


WORDS: dict[Vocabulary, Choose] = {
    Vocabulary.TREATMENT: _treatments(None),
    Vocabulary.TABLETS: _treatments(has_days=True),
    Vocabulary.DOSES: _treatments(has_days=False),
    Vocabulary.ENTRY: _entries,
    Vocabulary.SHEET: _sheets,
    Vocabulary.ADVERSE_EVENT: _adverse_events,
    Vocabulary.ARM: lambda scene: st.sampled_from((*sorted(scene.version.arms), "placebo")),
    Vocabulary.SITE: _one_of("shanghai", "beijing"),
    Vocabulary.VERSION: _versions,
    Vocabulary.TERM: _one_of(
        *("Fatigue", "Colitis", "Lung infection", "HFS", "Pneumonitis", "Hypertension"),
        *("Sudden death NOS", "Purple toes", "Purple toes", "Hiccough of joy"),
    ),
    Vocabulary.TEST: _one_of("ALT", "bilirubin", "platelets", "SGPT", "INR", "proteinuria", "ferritin", "aura"),
    Vocabulary.MEDICINE: _one_of("prednisone", "warfarin", "Medrol", "prednison", "St John's wort", "aspirin"),
    Vocabulary.GRADE: lambda scene: st.integers(1, 5),
    Vocabulary.END_REASON: _one_of(
        "progression", "adverse event", "physician decision", "other: moved abroad", "tired"
    ),
    Vocabulary.CRITERIA: _one_of(*ASSESSMENTS, *ASSESSMENTS, "PERCIST"),
    Vocabulary.ASSESSMENT: _one_of(*dict.fromkeys(word for words in ASSESSMENTS.values() for word in words)),
}
"""What people write where a field takes words of a list: most of them from it."""

NAMED: dict[str, Choose] = {
    "ae": _adverse_events,
    "proposal": _proposals,
    "action": _actions,
    "number": _records,
    "group": _groups,
    "milestone": _milestones,
    "course": _courses,
    "deviation": _one_of(*(each.value for each in Deviated), "bad luck"),
    "about": _entries,
    "name": _one_of("weight", "height", "liver tumour", "wieght", "eye colour", "creatinine clearance"),
    "unit": _one_of("Gy", "U/L", "umol/L", "mg/dL", "10^9/L", "furlong"),
    "at": _one_of("08:00", "08:30", "12:15", "23:50"),
    "born": _one_of("1957-03-04", "2025-12-24", "2026-01-31", "2027-01-01"),
    "level": _one_of(0, -1, -2),
    "lot": _one_of("L-1", "L-2"),
    "point": _one_of("-0.5 h", "0.25 h", "0.5 h", "1 h", "12 h", "24 h", "5 h"),
    "times": _one_of(["08:00", "20:00"], ["08:00"], ["21:00", "09:00"], ["8 am"]),
    "reason": _one_of("AE 1", "AE 2", "travel", "progression"),
    "value": _one_of("70", "3", "300", "0.9"),
    "quantity": _one_of(0, 5, 28, 56, 84),
    "per_fraction": _one_of("1", "8", "80"),
}
"""What people write in fields of a name, whatever the kind."""

AMOUNTS = ("7 mg", "40 mg", "80 mg", "120 mg", "160 mg", "240 mg", "0 mg", "8 Gy")


def _typed(annotation: Any) -> Choose | None:
    """What people write in a field of a type."""
    if get_origin(annotation) is Literal:
        return _one_of(*get_args(annotation))
    if get_origin(annotation) in (tuple, list):
        return _one_of([], ["blood count"])
    if annotation is bool:
        return lambda scene: st.booleans()
    if annotation is date:
        return _days
    if annotation is int:
        return lambda scene: st.integers(1, 6)
    if annotation is Decimal:
        return _one_of("1", "40")
    if annotation is str:
        return _one_of(*AMOUNTS)
    found = [choose for part in get_args(annotation) if (choose := _typed(part)) is not None]
    return found[0] if found else None


def choice_for(name: str, info: FieldInfo) -> Choose:
    """What people write in a field. Raises LookupError for one of a sort that nobody has thought of."""
    words = asked(info).words
    if words is not None:
        one = WORDS[words]
        if get_origin(info.annotation) is tuple:
            return lambda scene: st.lists(one(scene), max_size=2)
        return one
    choose = NAMED.get(name) or _typed(info.annotation)
    if choose is None:
        raise LookupError(f"nobody has said what people write in the field '{name}': {info.annotation}")
    return choose


@st.composite
def events_of(draw: st.DrawFn, scene: Scene, kind: EventKind) -> dict[str, Any]:
    """An event of a kind as somebody may type it next; it may be none that can be read."""
    day = scene.today + timedelta(days=draw(st.one_of(st.integers(0, 3), st.integers(-40, 30))))
    told: dict[str, Any] = {"event": kind.word, "on": str(day)}
    for name, info in kind.fields.items():
        is_left_out = name in NOT_DRAWN and not (name == "at" and info.is_required())
        if not is_left_out and name != "with" and (info.is_required() or draw(st.booleans())):
            told[name] = draw(choice_for(name, info)(scene))
    for name in FITTING:
        if name in kind.fields and draw(st.integers(0, 3)):
            told |= draw(fitting(scene, name))
    if "with" in kind.fields:
        told["with"] = draw(_corrections(scene, told["number"]))
    return told


@st.composite
def _corrections(draw: st.DrawFn, scene: Scene, number: int) -> dict[str, Any]:
    """The record as it should read: of another day, or with another word in one of its fields."""
    record = scene.log.record(number)
    if record is None or isinstance(record.event, Corrected | Struck):
        return draw(events_of(scene, KINDS_OF_EVENT["adverse event"].kind))
    said = dump_event(record.event)
    others = [name for name in record.event.kind.fields if name not in NOT_DRAWN]
    name = draw(st.sampled_from(("on", *others)))
    if name == "on":
        moved = record.event.on + timedelta(days=draw(st.integers(-5, 5)))
        return {**said, "on": str(moved)}
    return {**said, name: draw(choice_for(name, record.event.kind.fields[name])(scene))}


def as_event(told: dict[str, Any]) -> Event | None:
    """The event, or None where the text of it is refused."""
    try:
        return parse_event(told)
    except InvalidText:
        return None


NAMES = (
    *("seed", "seed", "seed", "bioequivalence", "capox", "blinatumomab", "axi-cel", "a-subgroup-only"),
    *("seed", "folfirinox", "step-up-bispecific", "seven-plus-three", "nivolumab", "idea", "crossover", "pollux"),
)
"""The seed study, such as have groups to join and dates of their own to reach, and such as give doses in other ways."""


PATIENTS = 48
"""How many patients there are; what happens to each next is drawn anew each time. Walking so far takes longer than that."""


def version_of(number: int) -> StudyVersion:
    """The protocol of a patient, before any event."""
    name = "seed" if number % 6 == 0 else NAMES[number % len(NAMES)]
    return versions(LATER) if name == "seed" and number % 2 else study(name)


@cache
def fitting_patients(kind: EventKind) -> tuple[int, ...]:
    """Those in whose studies something can be said in each field of a kind; all where there are none."""
    needs = [NEEDED[name] for name in kind.fields if name in NEEDED]
    numbers = [each for each in range(PATIENTS) if all(need(version_of(each)) for need in needs)]
    return tuple(numbers or range(PATIENTS))


@cache
def patient(number: int, seed: int) -> Scene:
    """A patient of some study some way into it, or one who is not randomised; the same for the same number and seed."""
    chance = random.Random(f"{number} {seed}")
    name = NAMES[number % len(NAMES)]
    version = version_of(number)
    if number % 6 == 0:
        return Scene(version, EVERY_DAY, Log(), BEGIN)
    arm = chance.choice(sorted(version.arms))
    steps = [(chance.choice(STEPS), chance.randrange(21), chance.randrange(10)) for _ in range(chance.randrange(15))]
    closed = frozenset(BEGIN + timedelta(days=chance.randrange(120)) for _ in range(3))
    so_far = walked(name, study(name), arm, steps, closed, None)
    return Scene(version, so_far.site, so_far.log, so_far.today)


def scenes(seed: int, kind: EventKind) -> st.SearchStrategy[Scene]:
    """A patient before randomisation or some way into a study, in most of which an event of that kind makes sense."""
    fitting_ones = st.sampled_from(fitting_patients(kind))
    return st.one_of(fitting_ones, fitting_ones, st.integers(0, PATIENTS - 1)).map(lambda number: patient(number, seed))
