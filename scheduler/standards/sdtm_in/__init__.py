"""Subjects read from SDTM: what SV, EX, DS and DM say as events of a log, with a row for every record of what became of it.

Nothing is guessed: what a record leaves open is said with an assumption, and what has no event here is carried in the report.
"""
