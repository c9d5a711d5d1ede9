"""A log-in before the signing began never counts, whatever either clock says; one after it does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.web.identities.proved import GOING, Since, why_not_since

BEGAN = datetime(2026, 5, 21, 10, 0, 0, 400_000, UTC)
BACK = BEGAN + timedelta(seconds=5)
SECOND = int(BEGAN.timestamp())


@pytest.mark.parametrize(
    ("issued", "proved", "why"),
    [
        (5, 2, None),
        (5, 5, None),
        # Half a second ago at 10:00:00.4 was 9:59:59, and 10:00:00 may be before 10:00:00.4.
        (5, -1, "old auth_time"),
        (5, 0, "old auth_time"),
        # 20 s ahead there: what it calls 19 was here 9:59:59, and 20 may have been before.
        (25, 19, "old auth_time"),
        (25, 20, "old auth_time"),
        (25, 23, None),
        # 20 s behind there, or a token that was made 20 s ago: nobody can tell.
        (-15, -16, "old auth_time"),
        (-15, -18, "old auth_time"),
        # Proved after the token was made.
        (5, 6, "old auth_time"),
        (5, None, "no auth_time"),
        (None, 5, "iat"),
        (True, 5, "iat"),
    ],
)
def test_log_in_counts_from_the_beginning_on(issued: int | None, proved: int | None, why: str | None) -> None:
    """Seconds after 10:00:00; signing began at 10:00:00.4, and the person is back at 10:00:05.4."""
    said = issued if issued is None or issued is True else SECOND + issued
    assert why_not_since(Since(BEGAN), None if proved is None else SECOND + proved, said, BACK) == why


@pytest.mark.parametrize(
    ("proved", "why"), [(19, "old auth_time"), (20, "old auth_time"), (21, None), (24, None), (25, "old auth_time")]
)
def test_second_try_counts_by_the_provider_s_clock_alone(proved: int, why: str | None) -> None:
    """Its clock is anywhere: the first token was made in its second 20, which was after the beginning, and this one in 24."""
    for anywhere in (SECOND - 1000, SECOND, SECOND + 1000):
        assert why_not_since(Since(BEGAN, anywhere + 20), anywhere + proved, anywhere + 24, BACK) == why


def test_no_log_in_before_counts_and_each_after_the_page_went_on_does() -> None:
    """Every tenth of a second of both clocks, which are up to a minute apart; the provider cuts off parts of a second."""
    for ahead in (0.0, 0.3, 0.9, 7.2, 59.5):
        for tenth in range(-30, 31):
            logged_in = BEGAN + timedelta(seconds=tenth / 10)
            back = max(BEGAN, logged_in) + timedelta(seconds=0.2)
            proved = int(logged_in.timestamp() + ahead)
            counts = why_not_since(Since(BEGAN), proved, int(back.timestamp() + ahead), back) is None
            assert not (counts and logged_in < BEGAN), (ahead, tenth)
            if logged_in >= BEGAN + timedelta(seconds=GOING):
                assert counts, (ahead, tenth)
