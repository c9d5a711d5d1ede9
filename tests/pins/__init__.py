"""Exactly which packages the tests ran with, so that a clone of last week works next year."""
