"""Commands about a study in a database: serving it, its feed links, its audit trail, and moving it in and out.

They use the floor below, and no command of another room."""
