"""Read the European Union's lists: the consolidated list, and the Official Journal's annexes."""
