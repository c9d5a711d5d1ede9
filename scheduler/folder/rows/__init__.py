"""Many events from one file: a table of patients and events, each row tried as `record` asks about it, then all of it or nothing.

grid = read_grid(data, name="laboratory.csv")     # CSV, or a workbook
trial = try_rows(rows_of(grid), entrance)         # each row: accepted, asked or refused. Nothing is recorded
trial.accepts                                     # and only then `record_file` of the store takes it
"""
