"""Small pieces that every room needs once."""
