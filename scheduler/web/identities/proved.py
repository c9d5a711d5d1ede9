"""Whether somebody proved at the provider who that is after being sent there, by whole seconds of two clocks."""

from __future__ import annotations

from datetime import datetime

GOING = 2
"""Seconds before a browser goes on to prove anew who that is. Times of a log-in there are whole seconds: so one that was made
right away is told from one before."""


def why_not_since(since: datetime, proved: int | None, issued: object, asked: datetime) -> str | None:
    """One word for the log where the log-in may have been before ``since``, whatever the provider made of `prompt` and `max_age`.

    ``proved`` (auth_time) and ``issued`` (iat) are seconds of the provider's clock. The token was issued for the code that was
    sent at ``asked``: as far as it is ahead of that, the provider's clock may be ahead of ours, and the log-in so much earlier. A
    clock that is behind is allowed nothing: a token that was made early and kept back looks the same.
    """
    if proved is None:
        return "no auth_time"
    if not isinstance(issued, int) or isinstance(issued, bool):
        return "iat"
    ahead = max(0.0, issued + 1 - asked.timestamp())
    return None if since.timestamp() + ahead <= proved <= issued else "old auth_time"
