"""What is in stock, how it runs down, and what to order when."""
