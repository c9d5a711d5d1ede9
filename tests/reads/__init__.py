"""What was looked at while a date was placed, and is not cited with it.

`tests/laws/test_reasons.py` takes events out and sees what changes; here is what was read at all, changed or not.
"""
