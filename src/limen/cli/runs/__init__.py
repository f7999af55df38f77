"""The work behind the commands that screen, locate and read."""
