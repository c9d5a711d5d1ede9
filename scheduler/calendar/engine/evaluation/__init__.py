"""One patient's calendar while it is being worked out: what was asked, what was answered, where each occurrence was put.

May import the entries; every other room of the engine imports it.
"""
