"""A counter at a real terminal: every byte of it, with books that agree with the shelf and with books that do not."""
