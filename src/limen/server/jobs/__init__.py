"""Files screened beside the requests: each in a process of its own, with progress and an end."""
