"""Screen DataFrames on Spark 4, classic or Connect: the same answers as on one machine.

The driver settles the question (what columns mean, the instants, the snapshot); workers map the
snapshot and answer rows as they come, in the order and the partitions that they are in. Needs the
extra ``limen[spark]`` on the driver, and Limen with pyarrow on every worker. ``docs/spark.md``.
"""

from limen.spark.dataframes import locate, rescreen, screen, screen_payments

__all__ = ["locate", "rescreen", "screen", "screen_payments"]
