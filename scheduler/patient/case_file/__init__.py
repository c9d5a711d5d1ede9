"""A case file: a whole patient as text, with what a story expects of the calendar.

It knows the events only."""
