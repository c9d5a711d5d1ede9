"""Time zones by their IANA names."""

from __future__ import annotations

from scheduler.findings import did_you_mean
from scheduler.local_times import is_zone, zones
from scheduler.written import fault

# Files that stand beside the zones of many systems and mean something else on each.
_NO_PLACE = frozenset({"localtime", "posixrules", "Factory"})


def read_zone(text: object) -> str:
    """The name of a time zone, such as "Asia/Shanghai". Raises the fault "unknown-zone"."""
    if isinstance(text, str) and text not in _NO_PLACE and is_zone(text):
        return text
    hint = did_you_mean(text, zones()) if isinstance(text, str) else None
    written = f"'{text[:60]}'" if isinstance(text, str) else "this"
    raise fault(
        "unknown-zone", f"{written} is not a time zone", hint=hint or "write an IANA name, such as Asia/Shanghai"
    )
