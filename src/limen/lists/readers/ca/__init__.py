"""Read Canada's lists: the consolidated autonomous sanctions list."""
