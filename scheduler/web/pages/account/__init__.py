"""Pages about accounts: logging in, one's own account, who may log in, and the keys that everybody may use.

They use what the pages below share."""
