"""What a site has in stock: looked at, and recorded about."""
