"""A study in the words of the standards: CDISC USDM and SDTM, HL7 FHIR. What a standard cannot say is named, never dropped."""
