"""Pages of customer bases: which there are, their runs, and what each run found."""
