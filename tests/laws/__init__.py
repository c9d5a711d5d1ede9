"""What is true of every patient's calendar, tried on patients that nobody thought of."""
