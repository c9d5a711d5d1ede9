"""From a log to the course that it tells: every fact in force is taken to what it bears on.

It builds on the log, the course and the episodes."""
