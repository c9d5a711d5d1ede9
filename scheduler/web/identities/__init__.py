"""Who somebody is at the provider of single sign-on (OpenID Connect), and what role and sites that gives.

It asks the provider, believes nothing that is not signed and fresh, and knows no account."""
