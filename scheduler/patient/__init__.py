"""What happened to one patient: events, the log that they are appended to, and what the log may not say."""
