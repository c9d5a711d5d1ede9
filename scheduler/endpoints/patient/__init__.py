"""One patient's end points: survival, progression, response, and the worst adverse events, each value with its reason."""
