"""The rows of the table of questions, by what they are about.

`scheduler.asking.rules` puts them together.
"""
