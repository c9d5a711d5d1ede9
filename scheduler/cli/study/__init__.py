"""Commands about a whole study: writing and checking its protocol, its lists, and what is taken out of it.

They use the formats of the floor below, and no command of another room."""
