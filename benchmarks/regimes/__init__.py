"""How fast the law answers: ``python -m benchmarks.regimes``."""
