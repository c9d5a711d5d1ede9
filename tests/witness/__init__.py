"""What a release wrote and told, kept as it was: databases, folders, calendars, feeds and heads that every later version opens.

python -m tests.witness 0.1.0        # make the witness of this release, once, before anything is changed
"""
