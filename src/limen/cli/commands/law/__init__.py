"""Questions to the law: ``limen regimes ask`` and ``limen regimes authorised``."""
