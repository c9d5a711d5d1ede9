"""What may be chosen about a proposal: the protocol's own actions first, then what a physician can always do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import cast

from scheduler.identity import Same
from scheduler.protocol.plan.actions import Action
from scheduler.protocol.plan.dosing.give import Ladder
from scheduler.protocol.plan.rules import NoLevelLeft, Rule
from scheduler.protocol.plan.study import Plan
from scheduler.said import Code, listed, said, said_as, text_of

CONTINUE = Action("continue unchanged")
HOLD = Action("hold", hold=True)
REDUCE = Action("reduce by 1 level", levels_down=1)
DISCONTINUE = Action("discontinue", discontinue=True)
ALWAYS = (CONTINUE, HOLD, REDUCE, DISCONTINUE)
"""What a physician can choose whatever the protocol says. What the protocol does not call for is flagged."""

_AND = said_as("between the members of a list", " and ")


@dataclass(frozen=True, slots=True)
class Option:
    """One action that may be chosen, known by its number among the options ("1") or by its words.

    ``of_protocol``: the rule itself names it. ``dose`` is the dose that it leads to, at once or when dosing goes on: "40 mg".
    ``instead_of`` is the protocol's action that is not possible, because the ladder has no level for it.
    """

    number: int
    action: Action
    of_protocol: bool
    dose: str | None = None
    instead_of: Action | None = None

    @property
    def words(self) -> str:
        """The action in words, as a decision may name it."""
        return self.action.words


def options_of(plan: Plan, rule: Rule, level: int) -> tuple[Option, ...]:
    """The options of a rule for a patient at a dose level. A reduction below the ladder becomes what the study does instead."""
    return _made_once(Same(plan, rule), level)


@lru_cache(maxsize=512)
def _made_once(same: Same, level: int) -> tuple[Option, ...]:
    plan, rule = cast(tuple[Plan, Rule], same.parts)
    once: dict[str, Option] = {}
    ladder = ladder_of(plan, rule)
    by_band = _has_levels_by_band(plan, rule)
    for action, instead_of in _of_protocol(plan, rule, level):
        dose = _dose(ladder, level, action, by_band=by_band)
        once.setdefault(action.words.casefold(), Option(len(once) + 1, action, True, dose, instead_of))
    called_for = {option.action.strictness for option in once.values() if not _raises(option)}
    for action in ALWAYS:
        if action.strictness not in called_for and has_level(ladder, level, action):
            dose = _dose(ladder, level, action, by_band=by_band)
            once.setdefault(action.words.casefold(), Option(len(once) + 1, action, False, dose))
    return tuple(once.values())


def _has_levels_by_band(plan: Plan, rule: Rule) -> bool:
    line = plan.timelines.get(rule.treatment)
    return line is not None and any(band.levels for give in line.gives for band in give.calculation.bands)


def _dose(ladder: Ladder | None, level: int, action: Action, *, by_band: bool) -> str | None:
    """The dose that an action leads to, where it changes it; the level, where its amount is another for each patient."""
    if ladder is None or action.discontinue or action.levels_down == 0:
        return None
    if by_band:
        return f"level {min(0, level - action.levels_down)}"
    return ladder.amount_in_short(min(0, level - action.levels_down))


def _of_protocol(plan: Plan, rule: Rule, level: int) -> Iterator[tuple[Action, Action | None]]:
    ladder = ladder_of(plan, rule)
    for action in rule.actions:
        if has_level(ladder, level, action):
            yield action, None
        else:
            yield instead_of_reducing(plan, rule, action), action


def instead_of_reducing(plan: Plan, rule: Rule, action: Action) -> Action:
    """What the study does where the ladder has no lower level: its own rule for that, else the treatment ends."""
    own = next((other for other in plan.rules if other.treatment == rule.treatment and _is_for_no_level(other)), None)
    if own is not None:
        return replace(own.actions[0], monitor=own.actions[0].monitor or action.monitor)
    others = [line.name for line in plan.treatments() if line.name != rule.treatment]
    words = said("discontinue {treatment}: there is no lower dose level", treatment=Code(rule.treatment))
    if others:
        words = said(
            "discontinue {treatment}: there is no lower dose level; {others} may go on",
            treatment=Code(rule.treatment),
            others=listed(*map(Code, others), how=_AND),
        )
    return replace(
        action,
        words=text_of(words),
        hold=False,
        at_least=None,
        until=None,
        recovery=None,
        levels_down=0,
        discontinue=True,
        re_escalation=False,
    )


def _is_for_no_level(rule: Rule) -> bool:
    return any(isinstance(condition, NoLevelLeft) for condition in rule.conditions)


def ladder_of(plan: Plan, rule: Rule) -> Ladder | None:
    """The ladder of a rule's treatment."""
    line = plan.timelines.get(rule.treatment)
    return line.ladder if line is not None else None


def has_level(ladder: Ladder | None, level: int, action: Action) -> bool:
    """True when the ladder has the level that an action leads to. Nothing leads above the ladder, nor is that needed."""
    if action.levels_down <= 0:
        return True
    return ladder is not None and ladder.amount(level - action.levels_down) is not None


def find_option(options: Iterable[Option], said: str) -> Option | None:
    """The option that somebody named: by its number or its words, whatever the case."""
    wanted = " ".join(said.split()).casefold()
    for option in options:
        if wanted in (str(option.number), option.words.casefold()):
            return option
    return None


def lead(options: tuple[Option, ...]) -> Option:
    """What the protocol itself calls for."""
    return options[0]


def is_for_a_person(options: Iterable[Option]) -> bool:
    """True when somebody has to choose: the protocol calls for more than going on as before, or leaves it to the investigator."""
    first, *more = [option for option in options if option.of_protocol]
    return bool(more) or _touches_doses(first.action) or _raises(first)


def _raises(option: Option) -> bool:
    return option.action.levels_down < 0


def is_about_doses(options: Iterable[Option]) -> bool:
    """True when the protocol's own options touch a dose: then doses wait for the decision."""
    for option in options:  # noqa: SIM110 - a generator takes three times as long
        if option.of_protocol and _touches_doses(option.action):
            return True
    return False


def _touches_doses(action: Action) -> bool:
    """True for all that is stricter than going on."""
    return action.discontinue or action.hold or action.levels_down > 0
