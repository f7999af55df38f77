"""Payment messages: generated, read, and screened; the planted exam, and their speed."""
