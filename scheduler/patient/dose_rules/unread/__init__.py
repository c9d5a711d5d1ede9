"""What rules would read and cannot: what nobody recorded, graded or counted, or wrote under another word.

It builds on all other rooms of the dose rules."""
