"""Text, HTML and PDF into passages, mentions and statements. Not built yet."""
