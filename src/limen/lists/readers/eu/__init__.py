"""The European Union: the Commission's consolidated list, and the Official Journal's annexes."""
