"""The pages: each one knows the Desk, none knows another."""
