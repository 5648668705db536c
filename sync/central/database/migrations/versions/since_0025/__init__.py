"""The migrations since 0025: a folder has room for so many files, and history only grows."""
