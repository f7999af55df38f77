"""The hunt for false clears: listed parties, written as files, forms and people write them.

Every variant is drawn from a party that really is on a list, disguised in one way that leaves its
name or number plainly there, sent through one way in, and must not come back as a silent clear.
Run ``python -m benchmarks.false_clear --help``.
"""
