"""Score an alignment by what its words prove: the kernels of ``limen-2`` alone."""
