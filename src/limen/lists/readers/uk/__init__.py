"""The United Kingdom: the UK Sanctions List, and OFSI's consolidated list before it."""
