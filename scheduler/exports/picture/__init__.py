"""One patient's calendar as a picture: lanes, marks, scale and colours, made from values.

May import markup and words.
"""
