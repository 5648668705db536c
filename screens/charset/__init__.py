"""The charset of a terminal: which one it reads, and text made fit for it."""
