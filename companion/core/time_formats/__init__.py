"""Time in and out: other trackers' exports and our own files as text, to spans and back. Pure: no files, no clock."""
