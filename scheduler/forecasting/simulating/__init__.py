"""What may happen, made up as real logs, and what the engine makes of each."""
