"""The page Stress: the private journal, breathing, patterns, the strategy of one's own, and help."""
