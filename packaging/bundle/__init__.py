"""Helpers of the executable's recipe: what is left out, which libraries stay, whose licences go along."""
