"""What comes out: each patient's end points with their reasons, and the totals by arm that a report has.

`patient` says of one patient what happened, or on which day nothing more is known; `arms` counts and estimates over many. May
import the views and all below them. Kaplan-Meier is worked out by a library, which one file of `arms` alone imports.
"""
