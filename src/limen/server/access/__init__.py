"""Access: keys, rights, sessions, rate limits and the queue of a worker."""
