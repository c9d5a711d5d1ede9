"""A form that was sent after the session had ended: kept for a while, for the same account only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

UNSAVED_KEPT = timedelta(days=3)
"""How long a form is kept that was not recorded."""

MOST_UNSAVED = 5
"""How many forms are kept for one account: the newest."""


@dataclass(frozen=True, slots=True)
class UnsavedForm:
    """A form that was sent after the session had ended. ``key`` names it to the same account; ``path`` shows it again."""

    account: str
    key: str
    at: datetime
    path: str
    fields: Mapping[str, str] = field(repr=False)
