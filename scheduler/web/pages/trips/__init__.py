"""Pages that propose the fewest trips: of one patient, and of several who share a week's chairs.

Each is looked at first, and booked whole by one button, in one transaction, or not at all.
"""
