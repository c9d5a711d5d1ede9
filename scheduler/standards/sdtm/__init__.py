"""A study as SDTM datasets: trial design from the protocol, and each patient's records from the log and the calendar.

Nothing is in a dataset that nobody wrote: what was not reported has no record, and a missing dose has no amount.
"""
