"""What people bring in files: lists of patients and events, and the study's own texts. Each is looked at before it is kept."""
