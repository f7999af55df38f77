"""Jobs: files that are screened in processes of their own, with progress and cancellation."""
