"""Name what Python's ``zipfile`` raises over a damaged, encrypted or foreign file."""

import zipfile
import zlib

#: ``RuntimeError`` is an encrypted member, and with ``NotImplementedError`` an unknown method.
DAMAGED_ZIP = (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError)
