"""The plan of each arm as standards see it: planned visits one by one, and how each is timed from another or from a date.

A relation is only told where it gives the day that the engine plans; where it does not, the visit is timed from the first dose.
"""
