"""The store: the device's memory, one SQLite file with its log, journal, overlay and pulled rows."""
