"""Commands about one patient: show, explain, record, what if, and what is printed for him or her.

They use the formats and questions of the floor below, and no command of another room."""
