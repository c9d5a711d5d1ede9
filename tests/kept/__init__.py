"""What the program says of many patients, written out so that two states of the code can be compared word for word."""
