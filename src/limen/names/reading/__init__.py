"""Read a raw string into a typed name: tokens, scripts, sounds, legal forms."""
