"""Lists as files and on the terminal: CSV, workbook, plain text.

May import what makes letters safe to show.
"""
