"""Pages of the desk: the queue of alerts, an alert with its decision, good-guys, the figures."""
