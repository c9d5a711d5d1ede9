"""Patients of any study that nobody thought of: each does what its calendar asks for next, and now and then something happens.

A step is a word and two small numbers. Doses, cycles and visits are taken from the calendar as it stands by then; what
contradicts the log is refused by the log itself and left out. So the same walk serves the seed study and every regimen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import note
from hypothesis import strategies as st

from scheduler.asking.questions.without_effect import goes_by_age
from scheduler.calendar.entries.entry import Calendar, Entry, Kind, Status
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.errors import Refused
from scheduler.patient.appending import append
from scheduler.patient.events import dump_event, parse_event
from scheduler.patient.log import Log
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import Plan, StudyVersion, Timeline
from scheduler.site.site import EVERY_DAY, Site
from scheduler.views.patients import Patient, patient_of
from tests.laws import found_out
from tests.laws.protocols import protocols
from tests.seed import FOLDER, VERSION

REGIMENS = FOLDER.parent / "regimens"
FOOTNOTES = Path(__file__).parents[1] / "regimens" / "footnotes"
TREATMENTS = (Kind.ORAL, Kind.INFUSION, Kind.INJECTION, Kind.FRACTION)
BEGIN = date(2026, 2, 27)
FIRST_DOSE = date(2026, 3, 2)
FIRST_DAY = FIRST_DOSE - timedelta(days=14)
"""Of what is given before randomisation; nothing comes earlier."""
AHEAD = timedelta(days=90)
SIZE = {"weight": 70, "height": 175}
TERMS: tuple[str, ...] = ("hand-foot skin reaction", "Colitis", "Fatigue", "Lung infection")
REASONS = ("AE 1", "AE 2", "travel")


@cache
def study(name: str) -> StudyVersion:
    """The seed study, or a regimen or a study of one footnote by its folder."""
    if name == "seed":
        return VERSION
    path = next(path for folder in (REGIMENS, FOOTNOTES) if (path := folder / name / "protocol.yaml").exists())
    return parse_protocol(path.read_text("utf-8"), name="protocol.yaml")[0]


def drawn_study(text: str) -> StudyVersion:
    """A study by its text; Hypothesis prints the text when something fails."""
    note(text)
    return parse_protocol(text, name="protocol.yaml")[0]


@dataclass
class Walk:
    """The patient so far."""

    version: StudyVersion
    arm: str
    site: Site
    today: date = BEGIN
    log: Log = field(default_factory=Log)

    @property
    def plan(self) -> Plan:
        return self.version.arms[self.arm]

    def record(self, **told: object) -> bool:
        """Take an event into the log, unless it contradicts what is there."""
        event: dict[str, Any] = {key: str(value) if isinstance(value, date) else value for key, value in told.items()}
        try:
            self.log = append(self.version, self.log, parse_event({"on": str(self.today), **event}))
        except Refused:
            return False
        return True

    def calendar(self) -> Calendar:
        return calendar_of(self.version, self.site, self.log, until=self.today + AHEAD)

    def next_of(self, kinds: tuple[Kind, ...] | None, pick: int) -> Entry | None:
        """What is planned next; with a pick above 7, what comes after that."""
        planned = [
            entry
            for entry in self.calendar().entries
            if entry.status is Status.PLANNED and entry.date is not None and entry.kind not in (Kind.PERIOD, Kind.CYCLE)
            if (entry.kind in TREATMENTS if kinds else entry.kind not in TREATMENTS)
        ]
        planned.sort(key=lambda entry: (entry.date or date.max, entry.id))
        return planned[min(int(pick > 7), len(planned) - 1)] if planned else None

    def treatment(self, pick: int) -> Timeline:
        lines = self.plan.treatments()
        return lines[pick % len(lines)]

    def ordered(self, pick: int) -> Timeline:
        """What an order names: a treatment, or cycles of their own."""
        lines = (*self.plan.treatments(), *self.plan.cycles())
        return lines[pick % len(lines)]

    def cycle_of(self, treatment: str) -> Entry | None:
        """The cycle or dose of a treatment that was started last."""
        done = [each for each in self.calendar().entries if each.timeline == treatment and each.status is Status.DONE]
        return max(done, key=lambda each: each.n, default=None)


Step = Callable[[Walk, int, int], object]


def _go_on(walk: Walk, wait: int, pick: int) -> None:
    """The next dose or cycle: on its day, now and then some days later."""
    entry = walk.next_of(TREATMENTS, pick)
    if entry is None or entry.date is None:
        return
    walk.today = max(walk.today, entry.date + timedelta(days=wait % 6 if pick in (5, 6) else 0))
    # Every other one has its time, from which hours count.
    time = {"at": f"{8 + pick:02}:{wait % 6}5"} if wait % 2 else {}
    if entry.runs:
        walk.record(event="cycle started", **start_of(entry), **time)
    else:
        walk.record(event="given", **dose_of(entry), **time)


def start_of(entry: Entry) -> dict[str, Any]:
    """A cycle by its number, and by the day on which it begins where the number has several."""
    return {"cycle" if key == "n" else key: value for key, value in dose_of(entry).items()}


def dose_of(entry: Entry) -> dict[str, Any]:
    """An infusion, injection or fraction by its number, and by its day where the number has several."""
    told: dict[str, Any] = {"treatment": entry.timeline, "n": entry.n}
    return told | ({"day": entry.day} if entry.id == f"{entry.timeline}.{entry.n}.{entry.day}" else {})


def _visit(walk: Walk, wait: int, pick: int) -> None:
    entry = walk.next_of(None, pick)
    if entry is not None and entry.date is not None:
        walk.today = max(walk.today, entry.date)
        walk.record(event="visit done", entry=entry.id)


def _hold(walk: Walk, wait: int, pick: int) -> None:
    walk.record(event="held", treatment=walk.ordered(pick).name, reason=REASONS[pick % 3], today_taken=wait % 5 == 0)


def _resume(walk: Walk, wait: int, pick: int) -> None:
    line = walk.ordered(pick)
    told: dict[str, Any] = {"treatment": line.name}
    if wait % 3 == 0:
        told["reason"] = REASONS[pick % 3]
    if wait % 2 == 0:
        told |= _level(line, pick)
    if pick == 9:
        told["day"] = 1 + wait
    walk.record(event="resumed", **told)


def _level(line: Timeline, pick: int) -> dict[str, Any]:
    if line.ladder is None:
        return {}
    level = pick % len(line.ladder.amounts)
    return {"level": -level, "dose": f"{line.ladder.amounts[level].normalize():f} {line.ladder.unit}"}


def _change(walk: Walk, wait: int, pick: int) -> None:
    line = walk.treatment(wait)
    if line.ladder is None:
        return
    walk.record(event="dose changed", treatment=line.name, today_taken=wait % 3 == 0, **_level(line, pick))


def _delay(walk: Walk, wait: int, pick: int) -> None:
    entry = walk.next_of(TREATMENTS, pick)
    if entry is not None and entry.date is not None:
        which = {"treatment": entry.timeline, "cycle": entry.n} if entry.runs else dose_of(entry)
        clock = walk.plan.cycles_of(walk.plan.timelines[entry.timeline])
        if clock is not None and pick % 2:
            which = {"treatment": clock.name, "cycle": entry.n}
        walk.record(event="delayed", until=entry.date + timedelta(days=wait), **which)


def _book(walk: Walk, wait: int, pick: int) -> None:
    entry = walk.next_of(TREATMENTS if pick % 2 else None, pick)
    if entry is not None and entry.date is not None:
        to = max(walk.today, entry.date + timedelta(days=wait % 7 - 2))
        name = f"{entry.id}.{entry.runs[0].first_day}" if entry.runs else entry.id
        walk.record(event="booked", entry=name, to=to, at=f"{8 + pick:02}:30")


def _not_done(walk: Walk, wait: int, pick: int) -> None:
    entry = walk.next_of(TREATMENTS if pick % 2 else None, pick)
    if entry is not None and entry.date is not None:
        walk.today = max(walk.today, entry.date)
        walk.record(event="not done", entry=entry.id, reason="ill")


def _report(walk: Walk, wait: int, pick: int) -> None:
    line = walk.treatment(pick)
    first = walk.today - timedelta(days=wait % 9)
    told: dict[str, Any] = {"treatment": line.name, "from": first, "to": first + timedelta(days=pick % 4)}
    if pick % 2:
        walk.record(event="not taken", reason="forgotten", **told)
    else:
        product = next(iter(walk.plan.products.get(line.name, ())), None)
        if wait % 2 and product is not None:
            told["amount"] = f"{product.unit_amount.normalize():f} {product.unit}"
        walk.record(event="taken", **told)


def _reaction(walk: Walk, wait: int, pick: int) -> None:
    number = 1 + sum(record.event.event == "adverse event" for record in walk.log.records)
    related = [] if pick == 9 else [walk.treatment(pick).name]
    serious = {"serious": True} if wait % 4 == 3 else {}
    walk.record(event="adverse event", ae=number, term=TERMS[pick % 4], grade=2 + wait % 3, related=related, **serious)


def _recover(walk: Walk, wait: int, pick: int) -> None:
    number = sum(record.event.event == "adverse event" for record in walk.log.records)
    if number and wait % 2:
        walk.record(event="regraded", ae=number, grade=1)
    elif number:
        walk.record(event="resolved", ae=number)


def _decide(walk: Walk, wait: int, pick: int) -> None:
    found = [each for each in walk.calendar().proposals if each.is_open]
    if found:
        options = found[0].options
        walk.record(event="decided", proposal=found[0].id, action=options[pick % len(options)].words, by="Dr Example")


def _count(walk: Walk, wait: int, pick: int) -> None:
    line = walk.treatment(pick)
    entry = walk.cycle_of(line.name)
    if line.kind == Kind.ORAL and entry is not None:
        event = ("dispensed", "dispensed", "returned", "lost")[pick % 4]
        walk.record(event=event, treatment=line.name, cycle=entry.n, quantity=(28, 56, 5, 1)[pick % 4])


def _stop(walk: Walk, wait: int, pick: int) -> None:
    walk.record(event="discontinued", treatment=walk.ordered(pick).name, reason="toxicity", today_taken=wait % 2 == 0)


def _end(walk: Walk, wait: int, pick: int) -> None:
    walk.record(event="end of treatment", reason="progression", today_taken=wait % 4 == 0)


STEPS: dict[str, tuple[int, Step]] = {
    "go on": (14, _go_on),
    "visit": (4, _visit),
    "hold": (5, _hold),
    "resume": (5, _resume),
    "change": (3, _change),
    "delay": (2, _delay),
    "book": (3, _book),
    "not done": (2, _not_done),
    "report": (3, _report),
    "reaction": (6, _reaction),
    "recover": (2, _recover),
    "decide": (2, _decide),
    "count": (2, _count),
    "fact": (3, found_out.fact),
    "value": (2, found_out.value),
    "sample": (2, found_out.sample),
    "unscheduled": (1, found_out.unscheduled),
    "stop": (1, _stop),
    "end": (1, _end),
}
WORDS = [word for word, (weight, _) in STEPS.items() for _ in range(weight)]
AT_ITS_TIME = ("go on", "visit", "not done")
_step = st.tuples(st.sampled_from(WORDS), st.integers(0, 20), st.integers(0, 9))
_steps = st.one_of(st.lists(_step, max_size=6), st.lists(_step, min_size=8, max_size=18))


@dataclass(frozen=True)
class Followed:
    """A patient with the site and the log that made it, and the day to which the log has come."""

    name: str
    version: StudyVersion
    site: Site
    log: Log
    today: date
    patient: Patient

    @property
    def calendar(self) -> Calendar:
        return self.patient.calendar

    @property
    def last_day(self) -> date:
        """The last day that the log speaks of."""
        return max(self.today, *(record.event.on for record in self.log.records))

    def __repr__(self) -> str:
        lines = [f"{each.number}: {dump_event(each.event)}" for each in self.log.records]
        return "\n  ".join([f"{self.name}, {self.today}:", *lines])

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Hypothesis would print the whole protocol, and of a drawn one its text is printed anyway."""
        printer.text(repr(self))


def walked(
    name: str,
    version: StudyVersion,
    arm: str,
    steps: list[tuple[str, int, int]],
    closed: frozenset[date],
    published: date | None,
) -> Followed:
    """The patient after these steps, with a calendar that ends some months later.

    From ``published`` on nobody has published the public holidays yet.
    """
    site = EVERY_DAY.with_days(closed)
    if published is not None:
        site = replace(site, usual=replace(site.usual, unpublished_from=published.toordinal()))
    walk = Walk(version, arm, site)
    walk.record(event="randomised", arm=arm)
    for what, value in SIZE.items():
        walk.record(event="attribute", name=what, value=value)
    _what_this_study_asks(walk, version, arm, len(steps))
    walk.record(event="first dose planned", to=FIRST_DOSE)
    walk.today = FIRST_DOSE
    for word, wait, pick in steps:
        if word not in AT_ITS_TIME:
            walk.today += timedelta(days=wait if pick % 3 else wait % 4)
        STEPS[word][1](walk, wait, pick)
    patient = patient_of(version, walk.site, walk.log, subject="S-001")
    calendar = calendar_of(version, walk.site, walk.log, subject="S-001", until=walk.today + AHEAD)
    patient = Patient(calendar, patient.plan, patient.course)
    return Followed(name, version, walk.site, walk.log, walk.today, patient)


def _what_this_study_asks(walk: Walk, version: StudyVersion, arm: str, chance: int) -> None:
    """Of most patients the date of birth, where something goes by age, and how many cycles the investigator chose."""
    plan = version.arms[arm]
    if chance % 4 and goes_by_age(plan):
        walk.record(event="date of birth", born=FIRST_DOSE - timedelta(days=200))
    for line in plan.timelines.values():
        for limit in line.counts:
            if limit.choice and chance % 3:
                walk.record(event="attribute", name=limit.chosen_as(line.name), value=limit.choice[chance % 2 - 1])


DRAWN = "drawn"
WRITTEN = (
    "seed",
    "seed",
    "seed",
    "seed",
    "capox",
    "venetoclax-obinutuzumab",
    "blinatumomab",
    "palbociclib-fulvestrant",
    "step-up-bispecific",
    "folfirinox",
)
WITHOUT_TREATMENT = ("diabetes-prevention", "vision")
"""Whose patients, or those of one arm, get nothing that could be held or changed."""
EVERY_REGIMEN = tuple(
    sorted(path.parent.name for path in REGIMENS.glob("*/protocol.yaml") if path.parent.name not in WITHOUT_TREATMENT)
)
STUDIES = (*WRITTEN, DRAWN, DRAWN, DRAWN, DRAWN)
"""Of the seed study, of regimens, and of studies that nobody wrote."""


@st.composite
def studies(draw: st.DrawFn, names: tuple[str, ...] = STUDIES) -> tuple[str, StudyVersion]:
    """One of these studies with its name, ``DRAWN`` being one that nobody wrote."""
    name = draw(st.sampled_from(names))
    return name, drawn_study(draw(protocols()).text) if name == DRAWN else study(name)


@st.composite
def followed(draw: st.DrawFn, names: tuple[str, ...] = STUDIES) -> Followed:
    """A patient of one of these studies."""
    name, version = draw(studies(names))
    arm = draw(st.sampled_from(sorted(version.arms)))
    days = st.integers(0, 120).map(lambda n: BEGIN + timedelta(days=n))
    published = draw(st.sampled_from((None, None, BEGIN + timedelta(days=70))))
    # One in two has a reaction at the end, about whose dose nobody has decided yet.
    last = draw(
        st.sampled_from(([], [("go on", 0, 0), ("go on", 0, 0), ("reaction", 1, draw(st.sampled_from((0, 1, 4))))]))
    )
    return walked(name, version, arm, draw(_steps) + last, draw(st.frozensets(days, max_size=5)), published)
