"""Alerts, dispositions, good-guys and the audit chain. Not built yet."""
