"""One patient's milestones and ends: DS."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import cast

from scheduler.patient import events as ev
from scheduler.patient.log import Fact
from scheduler.standards.sdtm.codelists import END_REASONS as TERMS
from scheduler.standards.sdtm.datasets import Row
from scheduler.standards.sdtm.subject import Subject, moment
from scheduler.vocabulary.end_reasons import end_reason
from scheduler.vocabulary.looking_up import Known, Specified, Synonym

MILESTONE, EVENT = "PROTOCOL MILESTONE", "DISPOSITION EVENT"
ALL, TREATMENT, STUDY = "STUDY TREATMENT", "SINGLE TREATMENT", "STUDY PARTICIPATION"


def _reason(reason: str | None) -> str:
    """The codelist's term for why treatment ended; OTHER for what is none of its words."""
    if reason is None:
        return ""
    read = end_reason(reason)
    word = read.name if isinstance(read, Known | Synonym | Specified) else "other"
    return TERMS.get(word, word.upper())


def _withdrew(fact: Fact) -> tuple[str, str, str]:
    event = cast(ev.Withdrew, fact.event)
    return EVENT, ALL if event.from_ == "treatment" else STUDY, "WITHDRAWAL BY SUBJECT"


_KINDS: Mapping[type[ev.Event], Callable[[Fact], tuple[str, str, str]]] = MappingProxyType(
    {
        ev.Consented: lambda _: (MILESTONE, "", "INFORMED CONSENT OBTAINED"),
        ev.Randomised: lambda _: (MILESTONE, "", "RANDOMIZED"),
        ev.ScreenFailed: lambda _: (EVENT, STUDY, "SCREEN FAILURE"),
        ev.EndOfTreatment: lambda fact: (EVENT, ALL, _reason(fact.event.reason)),
        ev.Discontinued: lambda fact: (EVENT, TREATMENT, _reason(fact.event.reason)),
        ev.Withdrew: _withdrew,
        ev.LostToFollowUp: lambda _: (EVENT, STUDY, "LOST TO FOLLOW-UP"),
        ev.Died: lambda _: (EVENT, STUDY, "DEATH"),
    }
)


def disposition(subject: Subject) -> Iterator[Row]:
    """DS: a record for each milestone and each end, in the order of their days."""
    for fact in subject.facts(*_KINDS):
        category, sub, decoded = _KINDS[type(fact.event)](fact)
        event = fact.event
        told = event.event if event.reason is None else f"{event.event}: {event.reason}"
        treatment = f"{event.treatment} " if isinstance(event, ev.Discontinued) else ""
        yield subject.keys | {
            "DSTERM": treatment + told,
            "DSDECOD": decoded,
            "DSCAT": category,
            "DSSCAT": sub,
            "EPOCH": subject.epoch(event.on),
            "DSSTDTC": moment(event.on, event.at),
            "DSSTDY": subject.day(event.on),
        }
