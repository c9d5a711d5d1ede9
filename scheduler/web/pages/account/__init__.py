"""Pages about accounts: logging in, one's own account, who may log in.

They use what the pages below share."""
