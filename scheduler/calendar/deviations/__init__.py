"""What was done otherwise than the protocol says."""
