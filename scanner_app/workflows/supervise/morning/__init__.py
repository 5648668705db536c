"""What a supervisor begins with, and comes back to: what waits by kind, and what was decided."""
