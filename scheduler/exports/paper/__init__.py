"""Paper: what is printed and handed out, as PDF that a screen reader can read (PDF/UA-1, PDF/A-2a).

The layout is in the ``.typ`` files beside the code, and all that a sheet says comes to them as data in ``sys.inputs``, never
as code: ``#panic()`` in a note is printed as these eight letters. Only fonts that were installed with the program are used,
so the same input gives the same bytes on every machine, and a letter that no font has stops the print instead of leaving a
gap where a number was.
"""
