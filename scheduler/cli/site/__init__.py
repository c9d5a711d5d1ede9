"""Commands about a whole site: who comes when, and whether there is room."""
