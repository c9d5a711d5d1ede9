"""What of one patient the rules look at, arranged once, with the decisions that were carried out.

It builds on the facts."""
