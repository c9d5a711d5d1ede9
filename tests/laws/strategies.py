"""Patients that nobody thought of: a walk through the seed study, one step after another, recorded as it happens or late.

A step is drawn as a word and two small numbers, and told as an event that fits where the patient is by then: the next
cycle when it is due or some days later, a hold of one treatment, a booking. What contradicts the log is refused by the log
itself and left out, so that every patient here is one that the program would have taken in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from scheduler.errors import Refused
from scheduler.patient.appending import append
from scheduler.patient.events import parse_event
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site
from tests.laws.walks import DRAWN, EVERY_REGIMEN, Followed, followed
from tests.seed import VERSION, site_with

Told = dict[str, Any]
LADDER = {"control": ("120 mg", "80 mg", "40 mg"), "experimental": ("80 mg", "40 mg")}
TREATMENTS = {"control": ("regorafenib",), "experimental": ("regorafenib", "toripalimab", "radiotherapy")}
NUMBERED = {"regorafenib": "cycle", "toripalimab": "n", "radiotherapy": "n"}
DAYS_BETWEEN = {"regorafenib": 28, "toripalimab": 21, "radiotherapy": 1}
ENDS_ALL = ("end of treatment", "withdrew", "died", "lost to follow-up")
VISITS = ("screening.1", "imaging.0", "c1d8.1", "c1d15.1", "c2d15.1", "planning-ct.1")
AFTERWARDS = ("end-of-treatment.1", "safety-30.1", "safety-90.1", "survival.1")


@dataclass(frozen=True)
class Patient:
    """One patient, and the days on which the site differs from Monday to Friday."""

    arm: str
    log: Log
    events: tuple[Told, ...]
    closed: frozenset[date]
    opened: frozenset[date]

    @property
    def version(self) -> StudyVersion:
        return VERSION

    @property
    def site(self) -> Site:
        return site_with(set(self.closed), set(self.opened))

    @property
    def last_day(self) -> date:
        """The last day that the log speaks of."""
        return max(date.fromisoformat(event["on"]) for event in self.events)

    def __repr__(self) -> str:
        days = [f"closed {sorted(map(str, self.closed))}", f"open {sorted(map(str, self.opened))}"]
        return "\n  ".join(["Patient:", *(f"{n}: {event}" for n, event in enumerate(self.events, 1)), *days])

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))


@dataclass
class Walk:
    """The patient so far."""

    arm: str
    today: date
    randomised: date
    log: Log = field(default_factory=Log)
    events: list[Told] = field(default_factory=list)
    last: dict[str, tuple[int, date]] = field(default_factory=dict)
    imaging: int = 0
    level: int = 0
    strange: bool = True
    ended: set[tuple[str, str]] = field(default_factory=set)

    def record(self, **told: object) -> bool:
        """Take an event into the log, unless it contradicts what is there. A key with a trailing underscore goes without."""
        event: Told = {key.rstrip("_"): str(value) if isinstance(value, date) else value for key, value in told.items()}
        event = {"on": str(self.today)} | event
        if not self.strange and self.is_strange(event):
            return False
        try:
            self.log = append(VERSION, self.log, parse_event(event))
        except Refused:
            return False
        self.events.append(event)
        self.remember_the_end(event)
        return True

    def is_strange(self, event: Told) -> bool:
        """What nobody does after an end: more doses, orders and bookings of what is over; a sixth fraction."""
        treatment = event.get("treatment") or event.get("entry", "").partition(".")[0]
        if treatment not in NUMBERED:
            return False
        if event["event"] == "resumed":
            return treatment not in self.last or any(name == "all" for _, name in self.ended)
        too_many = treatment == "radiotherapy" and event.get("n", 0) > 5
        return too_many or any(name in (treatment, "all") for _, name in self.ended)

    def remember_the_end(self, event: Told) -> None:
        kind, treatment = event["event"], event.get("treatment", "")
        if kind == "discontinued":
            self.ended.add((kind, treatment))
        elif kind in ENDS_ALL:
            self.ended.add((kind, "all"))
        elif kind == "contacted":
            self.ended.discard(("lost to follow-up", "all"))
        elif kind == "resumed" and "override" in event:
            self.ended.discard(("discontinued", treatment))

    def after(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def treatment(self, pick: int) -> str:
        names = TREATMENTS[self.arm]
        return names[pick % len(names)]

    def next_of(self, treatment: str) -> int:
        return self.last.get(treatment, (0, self.today))[0] + 1

    def entry(self, pick: int) -> str:
        """An entry that may be booked or missed: the next of a treatment, a scan or a visit."""
        if pick < 5:
            treatment = self.treatment(pick)
            number = self.next_of(treatment)
            return f"{treatment}.{number}.1" if treatment == "regorafenib" else f"{treatment}.{number}"
        return f"imaging.{self.imaging + 1}" if pick < 7 else (*VISITS, *AFTERWARDS)[self.today.day % 10]


Step = Callable[[Walk, int, int], object]


def _dose(treatment: str) -> Step:
    """The next one: on the day it is due, or some days early or late."""

    def step(walk: Walk, wait: int, pick: int) -> None:
        if treatment not in TREATMENTS[walk.arm]:
            return
        number, before = walk.last.get(treatment, (0, walk.today))
        due = before + timedelta(days=DAYS_BETWEEN[treatment] if number else 21 * (treatment == "radiotherapy"))
        off = {7: wait % 5, 8: wait, 9: -(wait % 4)}.get(pick, 0)
        walk.today = max(walk.today, due + timedelta(days=off))
        event = "cycle started" if treatment == "regorafenib" else "given"
        if walk.record(event=event, treatment=treatment, **{NUMBERED[treatment]: number + 1}):
            walk.last[treatment] = (number + 1, walk.today)

    return step


def _hold(walk: Walk, wait: int, pick: int) -> None:
    walk.record(event="held", treatment=walk.treatment(pick), reason=f"AE {pick % 3}", today_taken=wait % 5 == 0)


def _resume(walk: Walk, wait: int, pick: int) -> None:
    treatment = walk.treatment(pick)
    told: Told = {"treatment": treatment}
    if wait % 4 == 0:
        told["reason"] = f"AE {pick % 3}"
    if wait % 7 == 0:
        told["override"] = "benefit"
    if treatment == "regorafenib" and wait % 3 == 0:
        told |= _level(walk, pick)
    walk.record(event="resumed", **told)


def _level(walk: Walk, pick: int) -> Told:
    ladder = LADDER[walk.arm]
    walk.level = pick % len(ladder)
    return {"level": -walk.level, "dose": ladder[walk.level]}


def _change_dose(walk: Walk, wait: int, pick: int) -> None:
    walk.record(event="dose changed", treatment="regorafenib", today_taken=wait % 3 == 0, **_level(walk, pick))


def _delay(walk: Walk, wait: int, pick: int) -> None:
    treatment = walk.treatment(pick)
    number = walk.next_of(treatment)
    _, before = walk.last.get(treatment, (0, walk.today))
    until = before + timedelta(days=DAYS_BETWEEN[treatment] + wait - 3)
    walk.record(event="delayed", treatment=treatment, until=until, reason="travel", **{NUMBERED[treatment]: number})


def _not_done(walk: Walk, wait: int, pick: int) -> None:
    entry = walk.entry(pick)
    treatment = entry.partition(".")[0]
    if treatment in ("regorafenib", "toripalimab") and not walk.strange:
        number, before = walk.last.get(treatment, (0, walk.today))
        walk.today = max(walk.today, before + timedelta(days=DAYS_BETWEEN[treatment] if number else 3))
    if treatment == "imaging" and not walk.strange:
        walk.today = max(walk.today, walk.randomised + timedelta(days=56 * (walk.imaging + 1)))
    if walk.record(event="not done", entry=entry, reason="ill"):
        if treatment == "imaging":
            walk.imaging += 1
        if treatment in ("regorafenib", "toripalimab"):
            walk.last[treatment] = (walk.next_of(treatment), walk.today)


def _book(walk: Walk, wait: int, pick: int) -> None:
    entry = walk.entry(pick)
    treatment = entry.partition(".")[0]
    before = walk.last.get(treatment, (0, walk.today))[1]
    to = max(walk.today, before + timedelta(days=DAYS_BETWEEN.get(treatment, 0) + wait - 6))
    walk.record(event="rebooked" if wait % 3 == 0 else "booked", entry=entry, to=to)


def _visit(walk: Walk, wait: int, pick: int) -> None:
    names = AFTERWARDS if any(event["event"] == "end of treatment" for event in walk.events) else VISITS
    walk.record(event="visit done", entry=names[pick % len(names)])


def _scan(walk: Walk, wait: int, pick: int) -> None:
    if not walk.strange:
        walk.today = max(walk.today, walk.randomised + timedelta(days=56 * (walk.imaging + 1) + wait - 10))
    if walk.record(event="visit done", entry=f"imaging.{walk.imaging + 1}"):
        walk.imaging += 1


def _report(walk: Walk, wait: int, pick: int) -> None:
    first = walk.after(-(wait % 9))
    told: Told = {"treatment": "regorafenib", "from": first, "to": first + timedelta(days=pick % 5)}
    if pick % 3 == 0:
        told["amount"] = "40 mg"
    if pick % 2:
        told.pop("amount", None)
    walk.record(event="not taken" if pick % 2 else "taken", **told)


def _response(walk: Walk, wait: int, pick: int) -> None:
    assessment = ("PD", "iUPD", "iUPD", "iUPD", "iCPD", "iSD", "SD", "iUPD", "iCPD", "iSD")[pick]
    criteria = "iRECIST" if assessment.startswith("i") else "RECIST 1.1"
    walk.record(event="response", criteria=criteria, assessment=assessment)


def _stop(walk: Walk, wait: int, pick: int) -> None:
    walk.record(event="discontinued", treatment=walk.treatment(pick), reason="toxicity", today_taken=wait % 4 == 0)


def _end(walk: Walk, wait: int, pick: int) -> None:
    walk.record(event="end of treatment", reason="progression", today_taken=wait % 4 == 0)


def _withdraw(walk: Walk, wait: int, pick: int) -> None:
    walk.record(event="withdrew", from_=("treatment", "visits", "all")[pick % 3])


def _say(event: str, **told: object) -> Step:
    return lambda walk, wait, pick: walk.record(event=event, **told)


def _prescribe(walk: Walk, wait: int, pick: int) -> None:
    course, amount = (("hypofractionated", str(4 + pick % 9)), ("low-dose", "1"))[pick % 2]
    walk.record(event="prescribed", treatment="radiotherapy", course=course, per_fraction=amount, unit="Gy")


def _plan_first_dose(walk: Walk, wait: int, pick: int) -> None:
    walk.record(event="first dose planned", to=walk.after(pick % 4))


def _correct(walk: Walk, wait: int, pick: int) -> None:
    """Something was filed under a wrong day."""
    number = len(walk.events) - pick
    if number < 1 or walk.events[number - 1]["event"] in ("struck", "corrected", "randomised"):
        return
    right = dict(walk.events[number - 1])
    right["on"] = str(date.fromisoformat(right["on"]) + timedelta(days=wait - 10))
    walk.record(event="corrected", number=number, reason="misread", **{"with": right})


def _strike(walk: Walk, wait: int, pick: int) -> None:
    number = len(walk.events) - pick
    if number >= 1 and walk.events[number - 1]["event"] != "randomised":
        walk.record(event="struck", number=number, reason="wrong patient")


STEPS: dict[str, tuple[int, Step]] = {
    "cycle": (18, _dose("regorafenib")),
    "dose": (14, _dose("toripalimab")),
    "fraction": (20, _dose("radiotherapy")),
    "hold": (6, _hold),
    "resume": (8, _resume),
    "dose changed": (2, _change_dose),
    "delay": (5, _delay),
    "not done": (6, _not_done),
    "book": (5, _book),
    "visit": (5, _visit),
    "scan": (3, _scan),
    "report": (4, _report),
    "response": (3, _response),
    "stop": (2, _stop),
    "end": (1, _end),
    "withdraw": (1, _withdraw),
    "progressed": (1, _say("progressed")),
    "beyond progression": (1, _say("treated beyond progression")),
    "new therapy": (1, _say("new anticancer therapy")),
    "died": (1, _say("died")),
    "lost": (1, _say("lost to follow-up")),
    "contacted": (2, _say("contacted")),
    "prescribe": (1, _prescribe),
    "first dose planned": (1, _plan_first_dose),
    "unscheduled": (1, _say("unscheduled visit", activities=["blood count"])),
    "correct": (5, _correct),
    "strike": (4, _strike),
}
WORDS = [word for word, (weight, _) in STEPS.items() for _ in range(weight)]
NEXT_DAY = ("cycle", "dose", "fraction", "correct", "strike")
"""What comes at its own time, or does not take any."""

_step = st.tuples(st.sampled_from(WORDS), st.integers(0, 20), st.integers(0, 9), st.booleans())
_steps = st.one_of(st.lists(_step, max_size=8), st.lists(_step, min_size=10, max_size=36))


@st.composite
def patients(draw: st.DrawFn, *, strange: bool = True) -> Patient:
    """A patient randomised in 2025 or 2026, at a site with some days of its own.

    Without ``strange``, nothing is given, ordered or booked of a treatment that is over.
    """
    arm = draw(st.sampled_from(("experimental", "control")))
    randomised = date(2025, 1, 1) + timedelta(days=draw(st.integers(0, 729)))
    walk = Walk(arm, randomised, randomised, strange=strange)
    walk.record(event="randomised", arm=arm)
    walk.today += timedelta(days=draw(st.integers(0, 4)))
    for word, wait, pick, late in draw(_steps):
        if word not in NEXT_DAY and pick < 8:
            walk.today += timedelta(days=wait if pick % 3 else wait % 4)
        _take(walk, STEPS[word][1], wait, pick, late=late and pick == 0)
    days = st.integers(0, 200).map(lambda n: randomised + timedelta(days=n))
    closed = draw(st.frozensets(days, max_size=12)) | _holiday(draw, randomised)
    opened = draw(st.frozensets(days, max_size=4))
    return Patient(arm, walk.log, tuple(walk.events), closed, opened)


def _take(walk: Walk, step: Step, wait: int, pick: int, *, late: bool) -> None:
    """Let it happen, some of it some days before what was recorded last."""
    today = walk.today
    if late:
        walk.today -= timedelta(days=wait)
        step(walk, wait, pick)
        walk.today = max(today, walk.today)
    else:
        step(walk, wait, pick)


def _holiday(draw: st.DrawFn, randomised: date) -> frozenset[date]:
    """Now and then everything is closed for as long as the Spring Festival."""
    start = draw(st.integers(0, 150))
    length = draw(st.sampled_from((0, 0, 3, 9)))
    return frozenset(randomised + timedelta(days=start + n) for n in range(length))


def anybody() -> st.SearchStrategy[Patient | Followed]:
    """A patient of the seed study, of a regimen, or of a study that nobody wrote."""
    return st.one_of(patients(), followed((DRAWN,)), followed(EVERY_REGIMEN))
