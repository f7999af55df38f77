"""The law as a dated pack: made from a folder, checked, and read again."""

from limen.law.packs.make_pack import zipped
from limen.law.packs.pack import Pack
from limen.law.packs.read_pack import bundled_pack, read_folder, read_zip

__all__ = ["Pack", "bundled_pack", "read_folder", "read_zip", "zipped"]
