"""How often somebody may ask: a bucket of tokens for each, filled again as time goes by; in the database where several count."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from threading import Lock

from starlette.requests import HTTPConnection

from scheduler.errors import StoreUnavailable


def source_of(connection: HTTPConnection) -> str:
    """Where a request comes from, as limits count: an address, and of IPv6 the network of 64 bits that one household has."""
    return network_of(connection.client.host if connection.client else None)


def network_of(address: str | None) -> str:
    """The same for an address alone."""
    if address is None:
        return "unknown"
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return f"{IPv6Address(int(known) >> 64 << 64)}/64"


class Limit:
    """At most ``per_minute`` of something for each key (a network address, a session, a link), in bursts up to that number.

    ``now`` gives seconds that never go back. It counts for this process alone. Keys that were not seen for long are forgotten,
    the oldest first, so that nobody fills the memory by asking under many names.
    """

    MOST_KEYS = 50_000

    def __init__(self, per_minute: int, now: Callable[[], float]) -> None:
        self.per_minute = per_minute
        self._now = now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def allows(self, key: str) -> bool:
        """Takes one token of that key; False when there is none left."""
        with self._lock:
            now = self._now()
            tokens, since = self._buckets.pop(key, (float(self.per_minute), now))
            tokens = min(float(self.per_minute), tokens + (now - since) * self.per_minute / 60)
            allowed = tokens >= 1
            self._buckets[key] = (tokens - 1 if allowed else tokens, now)
            if len(self._buckets) > self.MOST_KEYS:
                self._buckets.popitem(last=False)
            return allowed

    def forget(self, key: str) -> None:
        """Gives that key all its tokens again, as after a password that was right."""
        with self._lock:
            self._buckets.pop(key, None)

    def at_hand(self, key: str) -> bool:
        """The same where it can be said without asking anybody; False also where that is not so."""
        return self.allows(key)


class SharedLimit(Limit):
    """The same for all processes on one database: each takes tokens from there, so many at once, and spends them within a minute.

    ``take`` gives as many as the database has, of so many for a key. Where it cannot be asked, this process counts alone.
    """

    def __init__(
        self, per_minute: int, now: Callable[[], float], take: Callable[[str, int], int], lot: int = 1
    ) -> None:
        super().__init__(per_minute, now)
        self._take, self._lot = take, lot
        self._lots: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def at_hand(self, key: str) -> bool:
        """Spends one that was taken before, where there is one."""
        with self._lock:
            left, until = self._lots.get(key, (0, 0.0))
            if left < 1 or self._now() >= until:
                return False
            self._lots[key] = (left - 1, until)
            return True

    def allows(self, key: str) -> bool:
        """Takes one token of that key; False when there is none left, at any process."""
        if self.at_hand(key):
            return True
        with self._lock:
            left, until = self._lots.get(key, (0, 0.0))
            if left < 0 and self._now() < until:
                return False
        try:
            taken = self._take(key, self._lot)
        except StoreUnavailable:
            return super().allows(key)
        # Whoever is refused is not looked up again before the next token can be there.
        seconds = 60.0 if taken else 60 / self.per_minute
        with self._lock:
            self._lots.pop(key, None)
            self._lots[key] = (taken - 1, self._now() + seconds)
            if len(self._lots) > self.MOST_KEYS:
                self._lots.popitem(last=False)
        return taken > 0
