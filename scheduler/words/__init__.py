"""The words of every language but English, which stands in the code: what is said as a value is said to a reader here.

One catalogue for each language, `<language>.po`, in gettext's form, so that any translator's program reads it. It is read where
it is first needed, and nothing is compiled beforehand. Months, weekdays, numbers, lists and plural forms are those of CLDR.
"""
