"""A protocol as ODM 2.0: arms, epochs, planned visits, and how each is timed from another."""
