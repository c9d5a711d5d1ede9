"""The best overall response by one set of criteria, from assessments in their order.

RECIST 1.1 ranks CR, PR, SD, PD, NE; iRECIST iCR, iPR, iSD, iCPD, iUPD, NE. Only what came before another treatment of the tumour
counts, up to progression by the same criteria; an iUPD is not the end.

Stable disease counts when it was seen at least 6 weeks after randomisation; seen earlier, the best response is what follows
it, else NE (RECIST 1.1, 4.6: "in general not less than 6-8 weeks"). A response is confirmed by an assessment at least as good,
4 weeks later or more, with nothing worse in between. Where confirmation is asked for, an unconfirmed one counts as stable.

Sources: Eisenhauer et al., Eur J Cancer 2009;45:228; Seymour et al., Lancet Oncol 2017;18:e143.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scheduler.dates import Day
from scheduler.patient.episodes.assessments import Assessed

NOT_READ = "NE"
PROGRESSION = {"RECIST 1.1": "PD", "iRECIST": "iCPD"}
"""What each set of criteria calls progression that stands."""

LEAST_STABLE = 42
"""Days from randomisation after which stable disease counts."""

CONFIRMED_AFTER = 28
"""Days from a response to the first assessment that can confirm it."""

_RANKS = {
    "RECIST 1.1": (("CR",), ("PR",), ("SD", "non-CR/non-PD"), ("PD",), (NOT_READ,)),
    "iRECIST": (("iCR",), ("iPR",), ("iSD", "non-iCR/non-iUPD"), ("iCPD",), ("iUPD",), (NOT_READ,)),
}
_PARTIAL, _STABLE = 1, 2


@dataclass(frozen=True, slots=True)
class Best:
    """A best response as it is called, and the assessment that it comes from."""

    name: str
    assessed: Assessed


def counted_for_best(
    criteria: str, assessed: Iterable[Assessed], progressed: Day | None, other_therapy: Day | None
) -> Iterator[Assessed]:
    """The assessments by these criteria that count: up to progression, and before another treatment of the tumour began.

    Of the day on which it began counts what shows progression, which is why it began.
    ``progressed`` is progression as somebody recorded it; an iCPD that confirms it afterwards still counts.
    """
    for each in assessed:
        confirms = each.assessment == "iCPD"
        over = progressed is not None and each.scan_day > progressed and not confirms
        if each.criteria != criteria or over or (other_therapy is not None and _is_too_late(each, other_therapy)):
            continue
        yield each
        if each.assessment == PROGRESSION[criteria]:
            return


def _is_too_late(each: Assessed, other_therapy: Day) -> bool:
    shows_progression = rank_of(each.criteria, each.assessment) > _STABLE and each.assessment != NOT_READ
    return each.scan_day > other_therapy or (each.scan_day == other_therapy and not shows_progression)


def best_response(counted: Sequence[Assessed], start: Day | None, *, must_be_confirmed: bool = False) -> Best | None:
    """The best of these assessments; the first of them where several are alike. None where there is none."""
    if not counted:
        return None
    found = [best for each in counted if (best := _worth(each, counted, start, must_be_confirmed)) is not None]
    return min(found, key=_rank_of_best, default=Best(NOT_READ, counted[-1]))


def _worth(each: Assessed, counted: Sequence[Assessed], start: Day | None, must_be_confirmed: bool) -> Best | None:
    """What one assessment counts as; None for stable disease that was seen too early."""
    rank = rank_of(each.criteria, each.assessment)
    if rank > _STABLE or (rank <= _PARTIAL and not (must_be_confirmed and not is_confirmed(each, counted))):
        return Best(each.assessment, each)
    if start is not None and each.scan_day - start < LEAST_STABLE:
        return None
    return Best(each.assessment if rank == _STABLE else _RANKS[each.criteria][_STABLE][0], each)


def _rank_of_best(best: Best) -> int:
    return rank_of(best.assessed.criteria, best.name)


def is_confirmed(response: Assessed, counted: Sequence[Assessed]) -> bool:
    """True when at least as good an assessment follows 4 weeks later or more, with nothing worse in between."""
    rank = rank_of(response.criteria, response.assessment)
    for later in counted[counted.index(response) + 1 :]:
        if later.assessment == NOT_READ:
            continue
        if rank_of(later.criteria, later.assessment) > rank:
            return False
        if later.scan_day - response.scan_day >= CONFIRMED_AFTER:
            return True
    return False


def rank_of(criteria: str, assessment: str) -> int:
    """Where an assessment stands by its criteria, from the best, 0, on."""
    return next(rank for rank, alike in enumerate(_RANKS[criteria]) if assessment in alike)


def is_response(criteria: str, assessment: str) -> bool:
    """True for a complete or a partial response."""
    return rank_of(criteria, assessment) <= _PARTIAL


def is_controlled(criteria: str, assessment: str) -> bool:
    """True for a response or stable disease."""
    return rank_of(criteria, assessment) <= _STABLE
