"""Which dose rules of the protocol one patient's facts meet, what may be chosen then, and what a choice does.

A rule is read against an event (`Reading`); a reading that fires is a proposal, known as ``{rule}.{number of the event}``. All
of this needs the plan's rules and the course alone, so that a log can refuse a decision on something that was never proposed.
What needs dates that are still to come (how long a hold has lasted) is asked of the calendar.

Refused: carrying out what nobody decided, and reading the facts with a date of today. What depends on time has the day from
which it holds; whether that day has come is for those who know a day.
"""
