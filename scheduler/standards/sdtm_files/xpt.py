"""What of a dataset fits into a SAS transport file, version 5, which regulators ask for.

Source: SAS, Record Layout of a SAS Version 5 or 6 Data Set in SAS Transport (XPORT) Format (TS-140). A text may have 200 bytes
and no more: one that has more is refused with its record, never cut.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding, Severity
from scheduler.standards.sdtm.datasets import Dataset

LONGEST_TEXT = 200
"""Bytes of a text."""


def faults_of(dataset: Dataset) -> Iterator[Finding]:
    """The texts that do not fit: each with its variable, its record and its length."""
    for number, row in enumerate(dataset.rows, 1):
        for variable, value in zip(dataset.about.variables, row, strict=True):
            length = len(value.encode()) if isinstance(value, str) else 0
            if length > LONGEST_TEXT:
                message = (
                    f"{dataset.name}.{variable.name}, record {number}: the text has {length} bytes, and a transport file "
                    f"takes {LONGEST_TEXT}: {str(value)[:40]}..."
                )
                hint = "the JSON file has it whole; shorten it where it was written to have the transport file too"
                yield Finding("text-too-long", Severity.ERROR, message, hint)
