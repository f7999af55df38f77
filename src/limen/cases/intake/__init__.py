"""Answers become alerts: what a channel printed, the facts of both sides, and what is opened."""
