"""When something is, as the engine reads it: moments, timings, how often.

It builds on clauses only."""
