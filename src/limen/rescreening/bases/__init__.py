"""Customer bases: portfolios that are compiled once and stay, version by version."""
