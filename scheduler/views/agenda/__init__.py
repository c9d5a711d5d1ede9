"""What a calendar program or a diary shows: a patient's own days, or a site's days by subject number.

May import the days and the reader.
"""
