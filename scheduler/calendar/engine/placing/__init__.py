"""One date: floors, window, open day, holds, booking, record, and what cancels it.

May import moments, dosing and the evaluation.
"""
