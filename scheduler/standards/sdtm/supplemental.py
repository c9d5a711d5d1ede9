"""What the standard has no variable for, beside the record that it belongs to: SUPP--."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.standards.sdtm.datasets import Row
from scheduler.standards.sdtm.subject import Subject

ORIGINS = {
    "DVDAYOFF": "DERIVED",
    "DVRULE": "PROTOCOL",
    "DVSEV": "PROTOCOL",
    "AECTCVER": "PROTOCOL",
    "AEACN1": "DERIVED",
}
"""QORIG of what nobody recorded by itself; the days outside and the several actions are found by the program."""


def _origin(name: str) -> str:
    return ORIGINS.get("AEACN1" if name.startswith("AEACN") else name, "CRF")


def supplemental(
    subject: Subject, domain: str, number: int, qualifiers: Iterable[tuple[str, str, str | None]]
) -> Iterator[Row]:
    """A record for each qualifier, name, label and value, of the record of that number; what nobody said is left out."""
    for name, label, value in qualifiers:
        if value:
            yield subject.keys | {
                "RDOMAIN": domain,
                "IDVAR": f"{domain}SEQ",
                "IDVARVAL": str(number),
                "QNAM": name,
                "QLABEL": label,
                "QVAL": value,
                "QORIG": _origin(name),
            }
