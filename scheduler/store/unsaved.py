"""What is kept for a while, for the same account only: forms sent after the session had ended, and pages that answered forms."""

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


PAGES_KEPT = timedelta(hours=1)
"""How long a page that answered a form can be looked at again."""

MOST_PAGES = 20
"""How many such pages are kept for one account: the newest."""

PAGE = "/sent"
"""The path of what is kept that is no form, but a page that answered one."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page that answered a form. ``key`` is a digest of what its address holds, and ``body`` can be read with that alone.

    ``shown_once``: it tells a secret, and is let go when it has been looked at.
    """

    account: str
    key: str
    at: datetime
    body: str = field(repr=False)
    shown_once: bool = False
