"""The page Time: the day as a grid of five-minute slots, its totals, goals, audit and categories."""
