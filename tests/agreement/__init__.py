"""The engine beside the independent retelling: where the two differ, one of them is wrong."""
