"""Read MT messages in FIN blocks, and files of many."""
