"""Draw the law for a terminal: assessments, measures, ownership, simulations."""
