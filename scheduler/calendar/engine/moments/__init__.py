"""When is this moment? Every anchor that a protocol names, ends and last doses among them.

May import the evaluation and dosing.
"""
