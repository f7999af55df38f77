"""The inner loops over letters and tokens, over sequences of integers."""
