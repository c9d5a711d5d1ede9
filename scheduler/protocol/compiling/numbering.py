"""Which occurrences a timeline has: the numbers that other sentences may name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scheduler.protocol.plan.times.timing import Counted, CountLimit
from scheduler.protocol.sentences.times.timing import LimitPhrase, TimingPhrase

_FEW = 6


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers of a timeline: the listed ones and, where it goes on, all after them up to ``most`` (None is no end).

    ``by_day``: a number stands for several days of a cycle, so that it takes the day to name one.
    """

    listed: frozenset[int]
    goes_on: bool
    most: int | None = None
    by_day: bool = False

    @property
    def first(self) -> int:
        """The first number; where nothing is listed, 1."""
        return min(self.listed, default=1)

    @property
    def is_single(self) -> bool:
        """True when there is exactly one."""
        return self.most == 1 or (not self.goes_on and len(self.listed) == 1)

    def includes(self, n: int) -> bool:
        """True when there can be an occurrence of that number."""
        if self.most is not None and n > self.most:
            return False
        return n in self.listed or (self.goes_on and n >= self.first)

    def __str__(self) -> str:
        listed = sorted(n for n in self.listed if self.includes(n))
        if self.goes_on:
            return f"{self.first} to {self.most}" if self.most is not None else f"{self.first} and all after it"
        return ", ".join(map(str, listed[:_FEW])) + (f" to {listed[-1]}" if len(listed) > _FEW else "")


def numbering(when: object, until: object) -> Numbering:
    """The numbers of a timeline, from its "when" and its "until" as they were read."""
    most = min(_slots(until), default=None)
    if isinstance(when, Mapping):
        listed = frozenset(n for key in when for n in numbers_of_key(key))
        return Numbering(listed, "then" in when, most)
    if isinstance(when, TimingPhrase) and when.timing.every is None and not follows_another(when):
        return Numbering(frozenset(range(1, len(when.ages) + 1) or {1}), False, most)
    followed = _followed(when)
    return Numbering(followed, not followed, most, _is_by_day(when))


def _followed(when: object) -> frozenset[int]:
    """The numbers of what goes by another's listed numbers alone: in cycles 5-8 there are doses 5 to 8; none where it goes on."""
    phrases = when if isinstance(when, list) else [when]
    follows = [phrase.follows if isinstance(phrase, TimingPhrase) else None for phrase in phrases]
    if any(each is None or each.selection.every is not None for each in follows):
        return frozenset()
    return frozenset(n for each in follows if each is not None for n in each.selection.listed)


def _is_by_day(when: object) -> bool:
    phrases = when if isinstance(when, list) else [when]
    follows = (phrase.follows for phrase in phrases if isinstance(phrase, TimingPhrase))
    return any(each is not None and len(each.days) > 1 for each in follows)


def numbers_of_key(key: str) -> range:
    """The numbers that a key of a table stands for: 3, or 2-6; none for "then", "last" and the name of an arm."""
    first, _, last = key.partition("-")
    if not first.isdigit():
        return range(0)
    return range(int(first), int(last or first) + 1)


def is_table(when: Mapping[str, object]) -> bool:
    """True for a table by number, false for a sentence for each arm."""
    return any(key in ("then", "last") or key[:1].isdigit() for key in when)


def follows_another(phrase: TimingPhrase) -> bool:
    """True when a timing makes an occurrence for each of another timeline's, or for each event."""
    return phrase.follows is not None or phrase.each is not None


def _slots(until: object) -> Iterator[int]:
    for phrase in until if isinstance(until, list) else [until]:
        limit = phrase.limit if isinstance(phrase, LimitPhrase) else None
        if isinstance(limit, CountLimit) and limit.counted is Counted.SLOTS:
            yield limit.most
