"""The command line. It has no rules of its own: it reads what was typed, asks the core, and shows the answer.

May import everything; nothing imports it.
"""
