"""Who reads, and how much they may read.

These two and the language decide every word of an agenda. They belong to a feed's link, not to a person's account: a patient's
calendar is seen by the family's calendar program and on lock screens, so *neutral* is the default everywhere.
"""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """For whom an agenda is made. The same entry has another UID for each: one person may subscribe to two feeds."""

    PATIENT = "patient"
    COORDINATOR = "coordinator"
    PHARMACY = "pharmacy"


class Detail(StrEnum):
    """How much is said: neutral names no drug, study, disease or arm; standard names activities; full everything."""

    NEUTRAL = "neutral"
    STANDARD = "standard"
    FULL = "full"
