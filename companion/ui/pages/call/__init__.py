"""The page Call."""
