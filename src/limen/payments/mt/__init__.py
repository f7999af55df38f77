"""Read MT messages in FIN blocks, and files of many: RJE, DOS-PCC, one after the other."""

from limen.payments.mt.stream import read_mt

__all__ = ["read_mt"]
