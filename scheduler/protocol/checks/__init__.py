"""What can only be judged on the whole protocol: circles, gaps in numbers, windows, days, doses, what never happens.

A file holds the checks of one theme, `of_version` runs them all. May import the compiled plan, the text and the sentences.
"""
