"""The device measured: scans, moves, starts, look-ups, pulls, draining a backlog."""
