"""A regimen in one line, as people say it on the telephone.

It builds on the words and the sentences of dosing."""
