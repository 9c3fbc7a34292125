"""Call Companion: an offline desk companion for phone agents. Holds the name and version; imports nothing."""

APP_NAME = "Call Companion"
APP_ID = "call-companion"
__version__ = "0.1.0"
