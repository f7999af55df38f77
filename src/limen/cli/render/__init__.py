"""How answers look in a terminal; rich is loaded only where something is drawn with it."""
