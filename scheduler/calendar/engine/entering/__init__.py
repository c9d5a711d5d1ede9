"""From where occurrences were put to what the calendar holds: entries, periods, and what cannot be dated yet.

May import placing and the rooms below it.
"""
