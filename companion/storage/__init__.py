"""The only room that speaks SQL: the store and one book per family of tables."""
