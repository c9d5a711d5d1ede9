"""The protocol as people write it: the keys of the file, the sentences below them, and the schema for editors.

May import the sentences and the plan.
"""
