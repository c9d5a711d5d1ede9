"""One patient by day: what a day asks to attend, dosing days spelled out, and what is presumed of days gone by.

May import nothing else of the views.
"""
