"""Whether the tests would notice: the rules and doses changed in thousands of small ways, one at a time."""
