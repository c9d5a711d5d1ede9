"""What a calendar holds, as plain values: entries, doses, reasons, proposals and deviations.

May import nothing else of the calendar.
"""
