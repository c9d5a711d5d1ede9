"""What the names in a protocol's sentences mean in one arm: which timeline, which date.

A name that nobody defined is a finding at its place. A name that only another arm has is no moment here: `Elsewhere`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from scheduler.findings import Finding, did_you_mean
from scheduler.protocol.compiling.numbering import Numbering
from scheduler.protocol.hints.in_its_place import named_in_full
from scheduler.protocol.plan.times.moments import (
    OWN,
    DayOf,
    DueOf,
    EachEvent,
    Edge,
    EndOf,
    HasHad,
    IdealOf,
    LastDayOf,
    LastDose,
    Moment,
    Named,
    OnStudyDay,
    StartOf,
)
from scheduler.protocol.sentences.spellings import Habits, right_spelling
from scheduler.protocol.sentences.times.moment import NAMED_DATES
from scheduler.protocol.text.meant import sentences_meant
from scheduler.protocol.text.sentence_place import At

EVENTS_TO_FOLLOW = ("iUPD", "adverse event", "unscheduled visit")
"""The events that a sentence may follow with "each"."""

ARMS = "{arms}"
"""Stands in a message for the arms that it is about, until all of them are known."""


class Elsewhere(Exception):
    """The sentence names a timeline that this arm does not have. Never leaves the compiler."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


@dataclass(slots=True)
class Names:
    """The names that sentences of one arm may use, and the findings of those that may not.

    ``here`` are the arm's timelines, ``everywhere`` those of all arms. ``numbers`` says which occurrences a timeline has.
    ``day_one`` is the label of the date that study days count from. ``cycles`` are the arm's cycles of their own.
    """

    arm: str
    here: frozenset[str]
    everywhere: frozenset[str]
    dates: frozenset[str]
    numbers: Mapping[str, Numbering]
    day_one: int = 1
    cycles: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)

    def moment(self, moment: Moment, own: str, at: At) -> Moment | None:
        """The moment with its names resolved; None, with a finding, where a name is unknown. Raises Elsewhere."""
        if isinstance(moment, Named):
            return self._named(moment, at)
        if isinstance(moment, OnStudyDay):
            return moment if self._is_a_day(moment.label, at) else None
        if isinstance(moment, EachEvent):
            return moment if self._is_followed(moment.name, at) else None
        if isinstance(moment, LastDose):
            return moment if moment.timeline is None or self.timeline(moment.timeline, at) else None
        if isinstance(moment, StartOf | DayOf | LastDayOf | IdealOf | DueOf):
            return self._occurrence(moment, own, at)
        if isinstance(moment, HasHad):
            return self._has_had(moment, own, at)
        if isinstance(moment, EndOf):
            return moment if self.timeline(moment.timeline, at) else None
        return moment

    def _has_had(self, moment: HasHad, own: str, at: At) -> HasHad | None:
        if moment.timeline == own:
            hint = f"write: at most {moment.most} cycles"
            self.findings.append(at.finding("names-itself", f"this is {own} itself", hint, word=own))
            return None
        if not self.timeline(moment.timeline, at):
            return None
        self.check_number(moment.timeline, moment.most, at)
        return moment

    def moment_in_arm(self, moment: Moment, own: str, at: At) -> Moment | None:
        """The moment with its names resolved; None, with a finding, where it cannot be in this arm."""
        try:
            return self.moment(moment, own, at)
        except Elsewhere as missing:
            self.not_in_this_arm(missing.name, at)
            return None

    def edge(self, edge: Edge, own: str, at: At) -> Edge | None:
        """The edge with its moment resolved; None, with a finding, where it cannot be. Raises Elsewhere."""
        moment = self.moment(edge.moment, own, at)
        return replace(edge, moment=moment) if moment is not None else None

    def timeline(self, name: str, at: At) -> bool:
        """True when this arm has that timeline; else a finding, or Elsewhere where another arm has it."""
        if name in self.here:
            return True
        if name in self.everywhere:
            raise Elsewhere(name)
        return self._known(name, self.everywhere, at)

    def timeline_in_arm(self, name: str, at: At) -> bool:
        """True when this arm has that timeline; else a finding."""
        try:
            return self.timeline(name, at)
        except Elsewhere:
            self.not_in_this_arm(name, at)
            return False

    def not_in_this_arm(self, missing: str, at: At) -> None:
        """A sentence needs what this arm does not have."""
        hint = "list the arms that have this under 'arms', or write a sentence for each arm"
        self.findings.append(at.finding("not-in-this-arm", f"{ARMS} no {missing}", hint, word=missing))

    def _occurrence(
        self, moment: StartOf | DayOf | LastDayOf | IdealOf | DueOf, own: str, at: At
    ) -> StartOf | DayOf | LastDayOf | IdealOf | DueOf | None:
        if moment.timeline == OWN and not own:
            message = "this stands outside of every treatment and visit, so it has no cycle, dose or visit of its own"
            self.findings.append(at.finding("unknown-anchor", message, "name the treatment or visit"))
            return None
        name = moment.timeline if moment.timeline != OWN else own
        if not self.timeline(name, at):
            return None
        self.check_number(name, moment.which, at)
        numbers = self.numbers.get(name)
        if numbers is not None and numbers.by_day and isinstance(moment.which, int) and not isinstance(moment, DayOf):
            message = f"{name} {moment.which} is on several days: which one?"
            hint = f"write its day, such as {name} {moment.which} day 8"
            self.findings.append(at.finding("which-occurrence", message, hint, word=name))
        return replace(moment, timeline=name)

    def _named(self, moment: Named, at: At) -> Moment | None:
        if moment.name in self.dates:
            if moment.name in self.everywhere:
                message = f"'{moment.name}' is here the day that is recorded under that name, not the visit"
                self.findings.append(at.warning("date-or-visit", message, "name the visit otherwise", word=moment.name))
            return moment
        if moment.name in self.everywhere:
            return self._only_one(moment.name, at) if self.timeline(moment.name, at) else None
        known = {*self.dates, *self.everywhere, *NAMED_DATES}
        return moment if self._known(moment.name, known, at) else None

    def _only_one(self, name: str, at: At) -> Moment | None:
        numbers = self.numbers.get(name)
        if numbers is not None and not numbers.is_single:
            message = f"there are several of {name}: which one?"
            hint = f"write its number, such as {name} {numbers.first}; or: the end of {name}"
            self.findings.append(at.finding("which-occurrence", message, hint, word=name))
            return None
        return StartOf(name, numbers.first if numbers is not None else 1)

    def _known(self, name: str, known: Iterable[str], at: At) -> bool:
        if name in known:
            return True
        message = f"'{name}' is not a date, treatment or visit of this study"
        meant = _meant(name, known, at) if len(self.findings) < _MOST_MEANT else DEFINE_IT.format(name=name)
        finding = at.finding("unknown-anchor", message, meant, word=name)
        self.findings.append(replace(finding, path=at.path))
        return False

    def _is_followed(self, name: str, at: At) -> bool:
        if name in EVENTS_TO_FOLLOW:
            return True
        message = f"'{name}' is not an event that something can follow"
        finding = at.finding("unknown-anchor", message, _meant(name, EVENTS_TO_FOLLOW, at), word=name)
        self.findings.append(replace(finding, path=at.path))
        return False

    def _is_a_day(self, label: int, at: At) -> bool:
        if label != 0 or self.day_one == 0:
            return True
        hint = "the day before Study Day 1 is Study Day -1"
        self.findings.append(at.finding("impossible-day", "there is no Study Day 0 in this study", hint, word="0"))
        return False

    def the_cycles(self, at: At) -> str | None:
        """The name of the arm's only cycles; None, with a finding, where it has none or several."""
        if len(self.cycles) == 1:
            return self.cycles[0]
        if self.cycles:
            message, hint = "in which cycles?", f"name them: in every {self.cycles[0]} cycle"
        else:
            message = f"{ARMS} no cycles of their own"
            hint = "define them under 'cycles', or name what this goes by: on every drug cycle"
        self.findings.append(at.finding("which-cycles", message, hint, word="cycle"))
        return None

    def check_number(self, name: str, which: object, at: At) -> None:
        """A finding where a timeline has no occurrence of that number."""
        numbers = self.numbers.get(name)
        if isinstance(which, int) and numbers is not None and not numbers.includes(which):
            message = f"{name} has no number {which}"
            sentence = at.node.at(*at.path).value
            said = named_in_full(sentence, at.node) if isinstance(sentence, str) else ()
            hint = f"write: {', or: '.join(said)}" if said else f"it has {numbers}"
            self.findings.append(at.finding("unknown-occurrence", message, hint, word=name))


def _meant(name: str, known: Iterable[str], at: At) -> str | None:
    names = list(known)
    same = next((each for each in names if each.casefold() == name.casefold()), None)
    if same is not None:
        return f"did you mean '{same}'?"
    right = right_spelling(name, 0, Habits.TIMINGS)
    if right is None:
        return _whole_meant(at) or did_you_mean(name, names) or DEFINE_IT.format(name=name)
    return "write: " + ", or: ".join(at.with_word(name, each) for each in right.split(", or: "))


_MOST_MEANT = 100
"""Findings of an arm after which nobody looks any more what a name may mean: each is held against all names there are."""

DEFINE_IT = "define it, such as {name}: recorded, under 'dates', or as a visit"


def _whole_meant(at: At) -> str | None:
    """The sentence to write where it is not the name alone that is said otherwise: "dosing is Day 1", "from week 24"."""
    sentence = at.node.at(*at.path).value
    if not isinstance(sentence, str):
        return None
    found = sentences_meant(sentence, at.path)
    return f"write: {', or: '.join(found)}" if found else None
