"""Response of the tumour by RECIST 1.1 and iRECIST."""
