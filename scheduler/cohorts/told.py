"""One patient as a source tells it: the texts of the events, and what else the calendar rests on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.patient.log import Log
from scheduler.store.rows import log_of_rows

_MOVED_ON = '"site transferred"'
"""What a log says whose patient goes to another site."""


@dataclass(frozen=True, slots=True)
class Told:
    """A patient. ``site`` is the name of the one at which the patient came in, ``protocol`` the digest of the version.

    ``keys`` is what a case file said beside its events, as canonical JSON. ``events`` are their canonical texts, each with its
    number, in order.
    """

    subject: str
    site: str | None
    protocol: str
    keys: str
    events: tuple[tuple[int, str], ...]

    @property
    def head(self) -> str:
        """The SHA-256 of all that is told: where it is unchanged, nothing of the patient is."""
        said = json.dumps([self.subject, self.site, self.protocol, self.keys, self.events], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()

    def log(self) -> Log:
        """The log. Raises InvalidText where an event cannot be read."""
        return log_of_rows((self.subject, number, text) for number, text in self.events)

    @property
    def alike(self) -> tuple[object, ...] | None:
        """What two patients have in common who share a calendar; None for one who shares none.

        When an event was written down, and whose it is, moves no date and no dose.
        """
        if any(_MOVED_ON in text for _, text in self.events):
            return None
        return (self.protocol, self.keys, tuple((number, _undated(text)) for number, text in self.events))


def head_of(patients: Iterable[Told]) -> str:
    """The SHA-256 of the heads of several patients, in their order."""
    return hashlib.sha256("\n".join(each.head for each in patients).encode()).hexdigest()


def _undated(text: str) -> str:
    """The event without the moment at which it was recorded."""
    if '"recorded":' not in text:
        return text
    said = json.loads(text)
    said.pop("recorded", None)
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
