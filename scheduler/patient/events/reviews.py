"""A person has looked at a record that asked for it, has reported what is urgent to the sponsor, or has assessed a deviation."""

from __future__ import annotations

from typing import Annotated, Literal

from scheduler.patient.events.fields import Count, Event, Text
from scheduler.patient.events.kind import About, Asked, Authority, Group
from scheduler.written import IsoDate


class Reviewed(
    Event,
    about=About.PATIENT,
    label="A record looked at",
    group=Group.RECORDS,
    authority=Authority.FACT,
    sentence="event {number} was looked at, and stands as it is",
):
    """Somebody looked at the event of that number, and it stands as it is; so it leaves the worklist."""

    event: Literal["reviewed"] = "reviewed"
    number: Count
    """The number of the event that was looked at, as the log counts them from 1."""


class Reported(
    Event,
    about=About.PATIENT,
    label="Reported to the sponsor",
    group=Group.RECORDS,
    authority=Authority.FACT,
    sentence="event {number} was reported to the sponsor",
):
    """A serious event, a pregnancy or an overdose was reported to the sponsor, who has to know of it within 24 hours."""

    event: Literal["reported"] = "reported"
    number: Count
    """The number of the event that was reported, as the log counts them from 1."""


Cause = Literal[
    "patient", "site", "pharmacy", "laboratory", "adverse event", "closed day", "equipment", "sponsor", "other"
]
"""Where a deviation came from, in a word."""


class DeviationAssessed(
    Event,
    about=About.PATIENT,
    label="A deviation assessed",
    group=Group.RECORDS,
    authority=Authority.FACT,
    sentence="the deviation '{deviation}'[ of {about}] is {importance}[, because of: {cause}][, found on {found}]"
    "[, reported on {reported}]",
):
    """A person judged a deviation: whether it is important, what caused it, when it was found and reported (ICH E3, E6)."""

    event: Literal["deviation assessed"] = "deviation assessed"
    deviation: Text
    """What sort of deviation it is, in the words of the list of deviations: out of window, missed, not planned."""
    about: Text | None = None
    """The entry or treatment that the list of deviations names, such as toripalimab.2; leave it out where it names none."""
    importance: Literal["important", "not important"]
    """Whether it may bear on the patient's safety or rights, or on what the data say."""
    cause: Cause | None = None
    """What caused it, in a word; the story goes into the note."""
    found: Annotated[IsoDate | None, Asked(label="Found on")] = None
    """The day on which somebody found it; without it, the day on which it was recorded."""
    reported: Annotated[IsoDate | None, Asked(label="Reported on")] = None
    """The day on which it was reported to the sponsor, or to the ethics committee."""
