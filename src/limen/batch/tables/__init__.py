"""Portfolio files as rows: CSV, JSON lines and Parquet."""
