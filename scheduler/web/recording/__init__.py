"""Recording an event from a form: its fields, its choices, its preview, and who may sign it.

May import the guards and what is shown.
"""
