"""Pages for analysts: drawn on the server, usable without a script, with no foreign assets."""
