"""Read the lists of the Office of Foreign Assets Control, in the formats it publishes.

``legacy`` (CSV), ``classic``, ``advanced`` and ``enhanced`` (XML) read one format each; the
other modules are shared, so that a record reads the same from all of them.
"""
