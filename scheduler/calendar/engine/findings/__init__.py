"""What a person has to look at on a calendar: broken limits, events without effect, doses that cannot be worked out.

May import the rooms below it; proposals import it.
"""
