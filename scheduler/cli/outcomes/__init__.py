"""Commands about what came out of a study."""
