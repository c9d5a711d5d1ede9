"""What is given: doses, levels, bands, calculations, products.

It builds on the words, times and values of rules."""
