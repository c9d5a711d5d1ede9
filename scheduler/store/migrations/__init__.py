"""How the tables came to be, step by step. There is no way back: an append-only log has nothing to take away."""
