"""A person has looked at a record that asked for it, or has reported to the sponsor what has to be known within 24 hours."""

from __future__ import annotations

from typing import Literal

from scheduler.patient.events.fields import Count, Event
from scheduler.patient.events.kind import About, Authority, Group


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
