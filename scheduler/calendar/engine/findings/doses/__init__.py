"""What a person has to look at in doses: off the plan, worked out without a value, none left.

It knows the calendar and no other room of the findings."""
