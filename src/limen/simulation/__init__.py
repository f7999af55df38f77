"""What if: a portfolio under measures that are supposed to be in force."""
