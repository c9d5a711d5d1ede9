"""What only the server tells. Each answer of the API is made from one of these or of the views', and so is its document."""
