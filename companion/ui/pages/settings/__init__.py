"""The Settings page: every setting in one column, each kept as soon as it is changed."""
