"""Whether somebody proved at the provider who that is after being sent there, by whole seconds of two clocks, or of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

GOING = 2
"""Seconds before a browser goes on to prove anew who that is. Times of a log-in there are whole seconds: so one that was made
right away is told from one before."""

TOO_OLD = "old auth_time"
NO_TIME = "no auth_time"


@dataclass(frozen=True, slots=True)
class Since:
    """When somebody was sent to prove it anew. ``read`` is what the provider's clock said after that, at the first try."""

    moment: datetime
    read: int | None = None


def why_not_since(since: Since, proved: int | None, issued: object, asked: datetime) -> str | None:
    """One word for the log where the log-in may have been before ``since``, whatever the provider made of `prompt` and `max_age`.

    ``proved`` (auth_time) and ``issued`` (iat) are seconds of the provider's clock. The token was issued for the code that was
    sent at ``asked``: as far as it is ahead of that, the provider's clock may be ahead of ours, and the log-in so much earlier. A
    clock that is behind is allowed nothing: a token that was made early and kept back looks the same. Then the person tries once
    more, and the provider's clock alone counts: the token of the first try was made for it, so after the beginning, and a log-in
    in a later second than the one that it names was later too.
    """
    if proved is None:
        return NO_TIME
    if not isinstance(issued, int) or isinstance(issued, bool):
        return "iat"
    if since.read is not None:
        return None if since.read < proved <= issued else TOO_OLD
    ahead = max(0.0, issued + 1 - asked.timestamp())
    return None if since.moment.timestamp() + ahead <= proved <= issued else TOO_OLD
