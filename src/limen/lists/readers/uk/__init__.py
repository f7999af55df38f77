"""Read the United Kingdom's lists: the UK Sanctions List, and OFSI's list before it."""
