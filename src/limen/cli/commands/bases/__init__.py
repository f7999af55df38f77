"""Commands about customer bases."""
