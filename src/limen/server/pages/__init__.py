"""The pages: drawn on the server, usable without a script, with nothing from elsewhere."""
