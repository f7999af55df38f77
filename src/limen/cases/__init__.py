"""The desk: alerts, decisions by two people, good-guys, and the chain of all events."""
