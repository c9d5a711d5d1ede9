"""The pharmacist's lists: what to hand out, prepare, count and collect, and what came back.

May import the days, the reader and the agenda.
"""
