"""Tables in memory: Arrow record batches in, the same batches with answers out."""
