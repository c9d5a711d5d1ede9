"""Tampering beside the log: what its records say must be there, and what is there.

May import the rest of the store but what writes to it.
"""
