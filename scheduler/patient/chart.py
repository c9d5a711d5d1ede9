"""One patient's facts beside the plans that they are judged by: the arm, and the protocol version of each day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

from scheduler.patient.events import Event, MovedToVersion, Randomised
from scheduler.patient.log import Fact, Log, in_force
from scheduler.patient.replaying.fractions_recorded import one_by_one
from scheduler.protocol.plan.study import Plan, Role, StudyVersion, Timeline

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Chart:
    """The facts of one patient in the order they count, by kind, and the versions of the protocol.

    ``versions`` is each version that the patient was under, with the first day of it; ``known`` names all that there are.
    """

    log: Log
    facts: tuple[Fact, ...]
    by_kind: dict[type[Event], tuple[Fact, ...]]
    arm: str | None
    versions: tuple[tuple[date, StudyVersion], ...]
    known: tuple[str, ...]

    def of(self, *kinds: type[E]) -> Iterator[tuple[Fact, E]]:
        """The facts of some kinds with their events, kind by kind, in the order they count."""
        for kind in kinds:
            for fact in self.by_kind.get(kind, ()):
                yield fact, cast(E, fact.event)

    def version_on(self, day: date) -> StudyVersion:
        """The protocol version that the patient was under on that day."""
        return [version for start, version in self.versions if start <= day][-1]

    def plans_on(self, day: date) -> tuple[Plan, ...]:
        """The plan in force on that day, then those of other days. While the arm is unknown, the plans of all arms."""
        current = self.version_on(day)
        others = (version for _, version in self.versions if version is not current)
        return tuple(plan for version in (current, *others) for plan in self._plans(version))

    def _plans(self, version: StudyVersion) -> tuple[Plan, ...]:
        plan = version.plan(self.arm)
        return (plan,) if plan else tuple(version.arms.values()) if self.arm is None else ()

    def treatment(self, name: str, day: date) -> Timeline | None:
        """The treatment of that name in the patient's plan, or None."""
        for plan in self.plans_on(day):
            line = plan.timelines.get(name)
            if line is not None and line.role is Role.TREATMENT:
                return line
        return None

    def drugs_in(self, name: str, day: date) -> tuple[str, ...]:
        """The drugs of cycles of that name, which give nothing themselves; none where it is a treatment."""
        return next((plan.drugs[name] for plan in self.plans_on(day) if name in plan.drugs), ())

    @property
    def arm_is_known(self) -> bool:
        """True when there is one plan to judge by: the patient is randomised, or the study has one arm."""
        return self.arm is not None

    def plans_that_judge(self, day: date) -> tuple[Plan, ...]:
        """The plan of the patient's arm; in a run-in before randomisation the plans of all arms, which have the run-in alike."""
        if self.arm_is_known:
            return self.plans_on(day)[:1]
        plans = self._plans(self.version_on(day))
        return tuple(plan for plan in plans if any(line.before_randomisation for line in plan.treatments()))


def chart_of(log: Log, version: StudyVersion, versions: Iterable[StudyVersion] = ()) -> Chart:
    """The chart of a log. The patient starts under ``version`` and may move to ``versions``, the others of the study."""
    facts = one_by_one(in_force(log))
    by_kind: dict[type[Event], list[Fact]] = {}
    for fact in facts:
        by_kind.setdefault(type(fact.event), []).append(fact)
    known = {other.version: other for other in versions} | {version.version: version}
    under = [(date.min, version)]
    for fact in by_kind.get(MovedToVersion, ()):
        moved = cast(MovedToVersion, fact.event)
        if moved.version in known:
            under.append((fact.event.on, known[moved.version]))
    return Chart(
        log,
        facts,
        {kind: tuple(found) for kind, found in by_kind.items()},
        _arm(by_kind.get(Randomised, []), known.values()),
        tuple(under),
        tuple(known),
    )


def _arm(randomised: list[Fact], versions: Iterable[StudyVersion]) -> str | None:
    arms = {arm for version in versions for arm in version.arms}
    recorded = (cast(Randomised, fact.event).arm for fact in randomised)
    return next((arm for arm in recorded if arm in arms), next(iter(arms)) if len(arms) == 1 else None)
