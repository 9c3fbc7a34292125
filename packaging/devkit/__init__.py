"""What packaging/dev.py does, in the standard library only: system packages, environment, commands."""
