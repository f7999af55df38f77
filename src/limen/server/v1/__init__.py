"""Limen's own API: every answer whole, with its stamp; refusals as problem documents."""
