"""The questions, each file those about one thing: amounts, days, bookings, numbers, words.

Each looks at the event that is about to be recorded, the candidate, and at nothing of its neighbours but days."""
