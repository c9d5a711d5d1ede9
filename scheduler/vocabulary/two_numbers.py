"""Measurements that are written as two numbers: a blood pressure of 165/95 mmHg is the systolic and the diastolic one."""

from __future__ import annotations

from scheduler.vocabulary.looking_up import folded

BLOOD_PRESSURE = "blood pressure"
_NAMES = frozenset(("blood pressure", "bp", "arterial blood pressure", "血压"))
_PARTS = ("systolic blood pressure", "diastolic blood pressure")


def two_numbers_of(test: str) -> tuple[str, str] | None:
    """The tests that the two numbers of a measurement are, the first first; None for a measurement of one number."""
    return _PARTS if folded(test) in _NAMES else None
