"""The law as data: measures, triggers, statements, assessment, what-if. Not built yet."""
