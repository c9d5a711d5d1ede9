"""A whole site by day: who comes for what, to which resource, and whether there is room for all of them.

Nothing here moves a date: a day that is too full is told before it comes, and a person decides who comes on another.
"""
