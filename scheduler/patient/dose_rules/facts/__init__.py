"""Facts as dose rules read them: names, measured values, grades, daily totals, and whether something recovered.

It knows the plan, the events and the log, and no other room of the dose rules."""
