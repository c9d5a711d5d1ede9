"""What a patient received beside what was planned."""
