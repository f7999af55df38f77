"""Real lists: their files, the faults that are planted in them, and updates that are killed."""
