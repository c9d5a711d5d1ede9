"""Two calendars beside each other: what an event, a closure or an amendment would change."""
