"""Read the United States' Consolidated Screening List, as trade.gov publishes it."""
