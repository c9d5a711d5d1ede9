"""Which rules fire on which day, and every fact that the answer rests on.

It builds on what is so far and on the facts."""
