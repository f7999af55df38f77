"""Switzerland: SECO's overall list of sanctioned persons."""
