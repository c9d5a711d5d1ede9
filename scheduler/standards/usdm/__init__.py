"""A study design read from USDM JSON, 3.x or 4.0, and said as a protocol in our language, with a report of every part of it.

Nothing is dropped: what the language cannot say is carried as text, and what the file gets wrong is named and asked."""
