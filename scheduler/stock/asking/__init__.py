"""What is asked about a site's stock before something is recorded: about the stock itself, and about handing out from it."""
