"""Many patients at once: calendars, dispensing lines, deviations and exposure of whole cohorts as Parquet data sets.

    expand(source_at(where), out)                # on this machine's cores, or on a Dask cluster by its address
    asked(out, "worklist", on=today)             # DuckDB reads what was written

The engine of one patient stays the one truth: every row comes from a calendar that it made, and patients whose logs say the same
share one. May import everything but the server and the command line; dask, pyarrow and duckdb (extra ``batch``) are imported
where they work, and nowhere else.
"""
