"""A party as it was sent, read into what is compared: names, numbers, and what is not."""
