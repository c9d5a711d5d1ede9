"""How the dates are worked out, in rooms that build on each other: from the evaluation up to findings and proposals.

May import the entries, and nothing else of the calendar.
"""
