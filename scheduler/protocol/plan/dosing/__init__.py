"""What is given, as the engine reads it: doses, what they are worked out from, and what they are made of.

It builds on times and clauses."""
