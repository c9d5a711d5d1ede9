"""Reports over all patients, as pages with filters and as files: what the command line tells, and what became of each lot."""
