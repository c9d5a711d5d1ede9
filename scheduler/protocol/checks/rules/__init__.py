"""Dose rules under examination: gaps, conflicts, and what they ask for that does not exist.

May import the checks beside it, the compiled plan and the text.
"""
