"""What the API answers, described: models that the OpenAPI document is made from. The answers themselves come from the views."""
