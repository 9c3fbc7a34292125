"""Small widgets, blind to the domain: each is handed the theme and plain values, and says what was wished."""
