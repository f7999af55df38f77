"""Who is treated as a listed owner is, authority by authority."""
