"""Commands that look ahead: what will be needed."""
