"""What each reader may see of calendars: one patient by day, and the lists over many."""
