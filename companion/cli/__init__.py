"""The commands of a terminal: the same verbs as the window's; loads no Qt."""
