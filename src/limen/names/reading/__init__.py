"""Read a raw string as a typed name: tokens, scripts, sounds, legal forms.

``normalise`` is the entry. Nothing here compares names.
"""
