"""The study for other programs: JSON for everything that the pages do, under ``/api``, described in ``/api/openapi.json``.

A route reads what was asked, asks what the pages ask, and writes keys and values. What is refused comes back as problem
details (RFC 9457) with all findings.
"""
