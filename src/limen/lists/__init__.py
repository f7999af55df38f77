"""Fetch, read and check publishers' lists: bytes in, entries out.

``registry`` describes the lists, ``fetch`` downloads them, ``formats`` finds the reader of a
format, ``readers`` has one for each publisher, ``verify`` checks a version. Nothing is stored
here: that is ``limen.archive``.
"""
