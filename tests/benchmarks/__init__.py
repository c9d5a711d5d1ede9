"""How fast it is, measured: `python -m tests.benchmarks` prints the medians beside what they may be at most."""
