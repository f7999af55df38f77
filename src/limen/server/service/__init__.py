"""What the endpoints share: snapshots in service, documents, updates, saved questions."""
