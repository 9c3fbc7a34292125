"""The rules of the trade: standard library only. No Qt, no SQL, no files, no clock, no environment."""
