"""What one version of a protocol says of itself, as people write it: what it is for, what it leaves open, what it amends.

It plans nothing, and knows no sentence."""
