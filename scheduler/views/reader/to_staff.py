"""What coordinators and pharmacists read in a site's calendar, beside what a patient reads too."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scheduler.calendar.entries.entry import Flag, Kind
from scheduler.said import Said, said_as

SITE_VISITS = said_as("in a calendar of staff", "Study visits")
SITE_DISPENSING = said_as("in a calendar of staff", "Study dispensing")
AT_SITE = said_as("in a calendar of staff", "{name}, {site}")
WINDOW = said_as("in a calendar of staff", "Window: {first} to {last}")

WORK: Mapping[Kind, Said] = MappingProxyType(
    {
        Kind.ORAL: said_as("in a calendar of staff", "Dispense {things}"),
        Kind.INFUSION: said_as("in a calendar of staff", "Prepare infusion"),
        Kind.INJECTION: said_as("in a calendar of staff", "Prepare injection"),
    }
)
"""What the pharmacy has to do for each kind of treatment."""

CATEGORY: Mapping[Kind, Said] = MappingProxyType(
    {
        Kind.ORAL: said_as("a category in a calendar of staff", "Oral medicine"),
        Kind.INFUSION: said_as("a category in a calendar of staff", "Infusion"),
        Kind.INJECTION: said_as("a category in a calendar of staff", "Injection"),
        Kind.FRACTION: said_as("a category in a calendar of staff", "Radiotherapy"),
        Kind.SCAN: said_as("a category in a calendar of staff", "Scan"),
        Kind.VISIT: said_as("a category in a calendar of staff", "Visit"),
        Kind.CONTACT: said_as("a category in a calendar of staff", "Contact"),
        Kind.LABORATORY: said_as("a category in a calendar of staff", "Laboratory"),
    }
)
"""What staff can sort and filter a calendar by: kinds of work, never an arm or a drug."""

OF_FLAG: Mapping[Flag, Said] = MappingProxyType(
    {
        Flag.AWAITING_DECISION: said_as("in a calendar of staff", "Awaiting a decision"),
        Flag.PROVISIONAL: said_as("to a patient", "The date may still change."),
        Flag.OUT_OF_WINDOW: said_as("in a calendar of staff", "Outside its window"),
        Flag.NO_RECORD: said_as("in a calendar of staff", "Nothing recorded yet"),
        Flag.COMBINED: said_as("in a calendar of staff", "Combined with the end-of-treatment visit"),
    }
)
"""The flags that matter to somebody who plans a day. The others are history and stand in the subject's own calendar."""
