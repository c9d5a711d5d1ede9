"""SDTM datasets as files: Dataset-JSON 1.1, SAS transport version 5, and the list of variables."""
