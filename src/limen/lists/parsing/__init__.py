"""What every list reader needs: rows, XML records, dates, identifiers, drafts of entries."""
