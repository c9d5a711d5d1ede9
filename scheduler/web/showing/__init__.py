"""How answers are shown: templates, style sheet, errors and downloads.

May import the guards.
"""
