"""Read Switzerland's lists: SECO's overall list of sanctioned persons."""
