"""The law drawn for a terminal: assessments, measures, ownership, simulations."""
