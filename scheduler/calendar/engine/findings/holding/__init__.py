"""What a person has to look at in holds and delays.

It knows the calendar and no other room of the findings."""
