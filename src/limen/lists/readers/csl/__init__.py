"""The United States: trade.gov's Consolidated Screening List."""
