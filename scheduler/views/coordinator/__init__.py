"""The coordinator's lists: what is due, what waits for a person, what a change would move.

May import the days and the reader.
"""
