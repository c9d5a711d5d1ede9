"""What is expected, as a person writes it: who comes, what happens to doses, what is in stock, and whose numbers these are."""
