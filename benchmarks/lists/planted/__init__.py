"""Faults of ten kinds, and each field emptied or renamed, in files of every form.

A module a form: it names the fields of its formats and offers ``part``, ``faults``,
``labels``, ``renamed`` and ``emptied``; all take and return the text of one file, but for ``part``
and ``labels``, which take the files of a version by role.
"""
