"""What is exchanged in the words of the standards: SDTM, USDM, FHIR."""
