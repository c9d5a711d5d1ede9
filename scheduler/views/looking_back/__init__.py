"""What was done: deviations, exposure, response, adverse events, and how a study's stories came out.

May import the days and the reader.
"""
