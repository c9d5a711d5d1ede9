"""Dosing days and amounts: the days of a cycle, the dose in force on each, and a patient's own dose.

May import the evaluation.
"""
