"""How often somebody may ask: a bucket of tokens for each, filled again as time goes by."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from threading import Lock

from starlette.requests import HTTPConnection


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

    ``now`` gives seconds that never go back. Each process counts for itself. Keys that were not seen for long are forgotten,
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
