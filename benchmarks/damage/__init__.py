"""Damage: what a snapshot with a changed file answers."""
