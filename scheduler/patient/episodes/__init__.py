"""What lasts or follows in time, put together from single records: adverse events, assessments, medicines, screenings.

It knows the events and the log only."""
