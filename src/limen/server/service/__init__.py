"""Services that endpoints share: snapshot, documents, updates, archive, saved questions."""
